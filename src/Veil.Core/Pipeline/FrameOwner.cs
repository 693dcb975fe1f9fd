using Veil.Imaging;

namespace Veil.Pipeline;

/// <summary>What whoever holds a frame owes to it.</summary>
internal static class FrameOwner
{
    /// <summary>Does something with a frame that nobody else would dispose of when it fails.</summary>
    /// <param name="frame">The frame; the caller's still when this returns.</param>
    /// <param name="action">What may fail.</param>
    public static void DisposeOnFailure(Frame frame, Action action)
    {
        var done = false;
        try
        {
            action();
            done = true;
        }
        finally
        {
            if (!done)
            {
                frame.Dispose();
            }
        }
    }
}
