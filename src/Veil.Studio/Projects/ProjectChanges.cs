namespace Veil.Studio.Projects;

/// <summary>Usual changes of projects and items.</summary>
internal static class ProjectChanges
{
    /// <summary>Changes one item, if it is still there.</summary>
    public static void ChangeItem(this IProjects projects, string project, string item, Func<ProjectItem, ProjectItem> change) =>
        projects.Change(project, before => before with { Items = [.. before.Items.Select(one => one.Id == item ? change(one) : one)] });

    /// <summary>Whether regions of an item that could be exported were found, or chosen, by other settings than the project has now.</summary>
    public static bool HasOutdated(this Project project)
    {
        var (key, chosen) = (FindingKey.Of(project.Settings), People.KeptPeople.KeyOf(project));
        return project.Items.Any(item => item.State is ItemState.Ready or ItemState.Exported && item.FoundBy.Length > 0 && (item.FoundBy != key || item.ChosenBy != chosen));
    }

    /// <summary>The item after somebody edited its regions: what was exported is out of date.</summary>
    public static ProjectItem Edited(this ProjectItem item, ReviewedItem regions) => item with
    {
        State = item.State is ItemState.Exported or ItemState.Failed ? ItemState.Ready : item.State,
        Error = null,
        Revision = item.Revision + 1,
        Regions = regions.Frames.Sum(frame => frame.Regions.Count(region => region.IsCovered)),
        Findings = [],
        Doubts = Doubting.Of(regions),
        Doubtfulness = Doubting.Weight(Doubting.Of(regions)),
    };
}
