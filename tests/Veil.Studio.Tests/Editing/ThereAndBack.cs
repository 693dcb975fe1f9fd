using Veil.Studio.Editing;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Editing;

/// <summary>What holds after any edits: undoing all gives the start, redoing all the end.</summary>
internal static class ThereAndBack
{
    public static void Holds(ReviewedItem start, RegionEditor editor)
    {
        var end = editor.Current;
        while (editor.NextUndo is not null)
        {
            editor.Undo();
        }

        Assert.Same(start, editor.Current);
        while (editor.NextRedo is not null)
        {
            editor.Redo();
        }

        Assert.Same(end, editor.Current);
    }
}
