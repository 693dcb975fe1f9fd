using Veil.Studio.Projects;

namespace Veil.Studio.Reviewing;

/// <summary>The order in which results are looked at: what failed first, then what is most in doubt.</summary>
internal static class ReviewQueue
{
    /// <summary>Items of a filter, in that order.</summary>
    public static IReadOnlyList<ProjectItem> Of(Project project, ReviewFilter filter) =>
    [
        .. project.Items.Where(item => Passes(item, filter))
            .OrderByDescending(item => item.State == ItemState.Failed).ThenByDescending(item => item.Doubtfulness).ThenBy(item => item.Name, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Whether a person should look at an item and has not yet.</summary>
    public static bool NeedsALook(this ProjectItem item) => CanBeReviewed(item) && item.Doubts.Count > 0 && !item.LookedAt;

    /// <summary>Whether there are regions to look at.</summary>
    public static bool CanBeReviewed(this ProjectItem item) => item.State is ItemState.Ready or ItemState.Exported;

    /// <summary>Whether an item belongs to a filter.</summary>
    public static bool Passes(this ProjectItem item, ReviewFilter filter) => filter switch
    {
        ReviewFilter.NeedsALook => NeedsALook(item),
        ReviewFilter.Failed => item.State == ItemState.Failed,
        ReviewFilter.SomebodyClear => item.Doubts.Any(doubt => doubt.Reason == DoubtReason.SomebodyClear),
        _ => true,
    };

    /// <summary>The next item that needs a look, around the end and back to the start; null where there is no other.</summary>
    /// <param name="project">The project.</param>
    /// <param name="from">The item that is looked at.</param>
    /// <param name="way">Forwards or back.</param>
    public static ProjectItem? Beside(Project project, string from, ReviewWay way)
    {
        var all = Of(project, ReviewFilter.All);
        var at = all.ToList().FindIndex(item => item.Id == from);
        var step = way == ReviewWay.Next ? 1 : all.Count - 1;
        return Enumerable.Range(1, all.Count - 1).Select(steps => all[(at + (steps * step)) % all.Count]).FirstOrDefault(NeedsALook);
    }
}
