namespace Veil.Studio.Projects;

/// <summary>Where results go.</summary>
/// <param name="Folder">An empty or new folder, or one of an earlier export of the project; null to offer a zip in the browser.</param>
/// <param name="Verify">Whether results are checked before they are put there.</param>
internal sealed record ExportTarget(string? Folder, VerifyOutput Verify)
{
    /// <summary>The folder that results are put into.</summary>
    public string PlaceFor(string project, IProjects projects) => Folder ?? projects.FolderOf(project, ExportFolder.OfZip);
}
