using Veil.Errors;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Projects;

/// <summary>Makes of what the user asks for what a run has to do, and puts the items that it is about back to where it begins.</summary>
/// <param name="projects">The projects.</param>
internal sealed class RunOrders(IProjects projects)
{
    /// <summary>
    /// Finds regions in every item that has none yet, and again in those that failed, or that were found or chosen by other settings than the project's now.
    /// </summary>
    public RunRecord Find(string project)
    {
        projects.Change(project, ToBeFound);
        return Finding();
    }

    /// <summary>Writes the results of every item that is ready.</summary>
    /// <exception cref="VeilException">There is nothing to write, or it cannot be written there.</exception>
    public RunRecord Export(string project, ExportTarget target)
    {
        var owner = projects.Find(project) ?? throw Gone();
        if (!owner.Items.Any(item => item.IsExportable(target.Verify)))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "There is nothing to export yet.", "Let people be found first.");
        }

        if (owner.HasOutdated())
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "What is covered was chosen anew since people were looked for.", "Find again first: nothing is exported that was found by other choices.");
        }

        var folder = Checked(owner, target);
        var asked = projects.Change(project, before => before with
        {
            Stage = ProjectStage.Exporting,
            ExportedTo = folder,
            ExportedWith = target.Verify,
            ExportFolders = [.. before.ExportFolders.Append(folder).Distinct(StringComparer.Ordinal)],
            Items = [.. before.Items.Select(item => item.IsExportable(target.Verify) && (item.State != ItemState.Exported || before.ExportedTo != folder) ? ToBeWritten(item) : item)],
        });
        return Exporting(target with { Folder = folder }, asked.Items.Where(item => item.State is ItemState.Ready or ItemState.Exported));
    }

    /// <summary>
    /// Does again what failed: finds what could not be found, or is not right any more, and then writes what could not be written, where and with what
    /// check it was asked for the last time. What is found by that is not written: nobody has looked at it.
    /// </summary>
    /// <exception cref="VeilException">It cannot be written there.</exception>
    public RunRecord Again(string project)
    {
        var owner = projects.Find(project) ?? throw Gone();
        var unwritten = owner.ToExportAgain().Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        if (unwritten.Count == 0 || owner.ExportedTo is not { } last)
        {
            return Find(project);
        }

        var target = new ExportTarget(last == projects.FolderOf(project, ExportFolder.OfZip) ? null : last, owner.ExportedWith);
        target = target with { Folder = Checked(owner, target) };
        var isFound = !owner.HasOutdated() && owner.Items.All(item => item.State != ItemState.Failed || unwritten.Contains(item.Id));
        var asked = projects.Change(project, before =>
        {
            var written = before with { Stage = ProjectStage.Exporting, Items = [.. before.Items.Select(item => unwritten.Contains(item.Id) ? ToBeWritten(item) : item)] };
            return isFound ? written : ToBeFound(written);
        });
        var export = Exporting(target, asked.Items.Where(item => unwritten.Contains(item.Id) || item.State == ItemState.Exported));
        return isFound ? export : Finding() with { Following = export };
    }

    /// <summary>What is said where a project is not there any more.</summary>
    public static VeilException Gone() => new(VeilErrorCode.InvalidOption, "There is no such project.", "It may have been deleted in another window.");

    private static RunRecord Finding() => new(RunWork.Finding, DateTimeOffset.UtcNow, Paused: false, Target: null);

    private static RunRecord Exporting(ExportTarget target, IEnumerable<ProjectItem> items) =>
        new(RunWork.Exporting, DateTimeOffset.UtcNow, Paused: false, target) { Items = [.. items.Select(item => item.Id)] };

    private static Project ToBeFound(Project project)
    {
        var (key, chosen) = (FindingKey.Of(project.Settings), KeptPeople.KeyOf(project));
        return project with
        {
            Stage = ProjectStage.Finding,
            Items = [.. project.Items.Select(item => item.State == ItemState.Failed || item.FoundBy != key || item.ChosenBy != chosen ? item with { State = ItemState.Waiting, Error = null } : item)],
        };
    }

    private static ProjectItem ToBeWritten(ProjectItem item) => item with { State = ItemState.Ready, Error = null };

    private string Checked(Project owner, ExportTarget target) =>
        target.Folder is { } chosen ? ExportFolder.Check(owner, chosen, projects) : projects.FolderOf(owner.Id, ExportFolder.OfZip);
}
