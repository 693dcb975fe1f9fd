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
        return project.Items.Any(item => (item.State is ItemState.Ready or ItemState.Exported || item.IsUnwritten()) && item.IsOutdated(key, chosen));
    }

    /// <summary>Whether regions of an item were found, or chosen, by other settings.</summary>
    /// <param name="item">The item.</param>
    /// <param name="key">The settings now, see <see cref="FindingKey"/>.</param>
    /// <param name="chosen">Whom the project keeps now, see <see cref="People.KeptPeople.KeyOf"/>.</param>
    public static bool IsOutdated(this ProjectItem item, string key, string chosen) => item.FoundBy.Length > 0 && (item.FoundBy != key || item.ChosenBy != chosen);

    /// <summary>Whether an item was found, but its result could not be written.</summary>
    public static bool IsUnwritten(this ProjectItem item) => item is { State: ItemState.Failed, Again: RunWork.Exporting };

    /// <summary>Whether a result of an item can be asked for. What did not hold in a check is not written without one, unless somebody changed it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="verify">How results are checked.</param>
    public static bool IsExportable(this ProjectItem item, VerifyOutput verify) =>
        item.State is ItemState.Ready or ItemState.Exported || (item.IsUnwritten() && (verify != VerifyOutput.Off || item.Findings.Count == 0));

    /// <summary>What was found but could not be written, and can be as the last export was asked for; other items that failed have to be found again.</summary>
    public static IReadOnlyList<ProjectItem> ToExportAgain(this Project project)
    {
        var (key, chosen) = (FindingKey.Of(project.Settings), People.KeptPeople.KeyOf(project));
        return project.ExportedTo is null ? [] : [.. project.Items.Where(item => item.IsUnwritten() && item.IsExportable(project.ExportedWith) && !item.IsOutdated(key, chosen))];
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
