using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>Where results may go: nowhere among originals, and into no folder that holds what Veil did not write.</summary>
internal static class ExportFolder
{
    /// <summary>The project's part whose results a browser gets as a zip.</summary>
    public const string OfZip = "results";

    /// <summary>Checks a folder.</summary>
    /// <param name="project">The project.</param>
    /// <param name="folder">As the user named it.</param>
    /// <param name="projects">All projects, none of which may lie there.</param>
    /// <returns>Its full path.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>, with what to do.</exception>
    public static string Check(Project project, string folder, IProjects projects)
    {
        if (!Path.IsPathFullyQualified(folder))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"'{folder}' is no full path of a folder.", "Choose a folder.");
        }

        // Refuses devices and folders of the system.
        var target = OutputPlan.Create([], Path.GetFullPath(folder)).Folder ?? throw new VeilException(VeilErrorCode.InvalidOption, $"'{folder}' is no folder.", "Choose a folder.");
        var real = new RealPath();
        var place = real.OfFolder(target);
        if (Holds(real.OfFolder(Path.GetDirectoryName(projects.FolderOf(project.Id, "run"))!), place))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "That folder belongs to the studio itself.", "Choose a folder of your own.");
        }

        foreach (var item in project.Items)
        {
            var originals = real.OfFolder(Path.GetDirectoryName(item.Path)!);
            if (originals == place || Holds(place, originals))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"'{folder}' holds originals of this project; results may not lie among them.", "Choose another folder, or make a new one beside it.");
            }
        }

        if (File.Exists(target))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"'{folder}' is a file.", "Choose a folder.");
        }

        if (!project.ExportFolders.Contains(target, StringComparer.Ordinal) && Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"'{folder}' holds other files already.", "Choose an empty folder, or make a new one.");
        }

        RequireWritable(target);
        return target;
    }

    /// <summary>Each item's name among results: its own with the ending of the format that it is written in, unique also where case is no difference.</summary>
    public static IReadOnlyDictionary<string, string> Names(Project project)
    {
        var taken = new HashSet<string>([ReportName], StringComparer.OrdinalIgnoreCase);
        var extension = project.Settings.Encoding.Format is { } format ? Imaging.PictureFormats.Extension(format) : null;
        return project.Items.ToDictionary(
            item => item.Id,
            item => ItemNames.Take(extension is not null && item.Kind == ItemKind.Picture ? Path.ChangeExtension(ItemNames.Safe(item.Name), extension) : ItemNames.Safe(item.Name), taken));
    }

    /// <summary>Where a result is.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="name">Its name among them.</param>
    public static string PlaceOf(string folder, string name) => Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The run report's name among results.</summary>
    public const string ReportName = "veil-report.json";

    /// <summary>Said before any work is done, and not of each result.</summary>
    private static void RequireWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, $".{Guid.NewGuid():N}.veil-tmp"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"Nothing can be written to '{folder}'.", "Choose another folder, one of your own.", error);
        }
    }

    private static bool Holds(string folder, string place) =>
        (place + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
