namespace Veil.Studio.Projects;

/// <summary>Usual changes of projects and items.</summary>
internal static class ProjectChanges
{
    /// <summary>Changes one item, if it is still there.</summary>
    public static void ChangeItem(this IProjects projects, string project, string item, Func<ProjectItem, ProjectItem> change) =>
        projects.Change(project, before => before with { Items = [.. before.Items.Select(one => one.Id == item ? change(one) : one)] });

    /// <summary>The item after somebody edited its regions: what was exported is out of date.</summary>
    public static ProjectItem Edited(this ProjectItem item, ReviewedItem regions) => item with
    {
        State = item.State is ItemState.Exported or ItemState.Failed ? ItemState.Ready : item.State,
        Error = null,
        Revision = item.Revision + 1,
        Regions = regions.Frames.Sum(frame => frame.Regions.Count(region => region.Cover == CoverChoice.Covered)),
        Findings = [],
        Doubts = Doubting.Of(regions),
        Doubtfulness = Doubting.Weight(Doubting.Of(regions)),
    };
}
