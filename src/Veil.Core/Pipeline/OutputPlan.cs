using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>
/// Where each input's output goes. Folders are mirrored. Refuses plans that would write beside the originals or two inputs
/// into one file: both are accidents that expose or destroy somebody's picture.
/// </summary>
public sealed class OutputPlan
{
    private OutputPlan(IReadOnlyList<PlannedItem> items, string? folder) => (Items, Folder) = (items, folder);

    /// <summary>No input and no output: the plan of a process that is told each item.</summary>
    public static OutputPlan Nothing { get; } = new([], null);

    /// <summary>Every input with its target, ordered by name.</summary>
    public IReadOnlyList<PlannedItem> Items { get; }

    /// <summary>The output folder; null when the output is one file or standard output.</summary>
    public string? Folder { get; }

    /// <summary>Finds the inputs and plans their outputs.</summary>
    /// <param name="inputs">Files, folders (searched to any depth) or <c>-</c> for standard input.</param>
    /// <param name="output">A folder, a file (one input only), <c>-</c> for standard output, or null to write nothing.</param>
    /// <param name="extension">Replaces the extension of outputs in a folder, with the dot; null keeps each input's.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>, <see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public static OutputPlan Create(IReadOnlyList<string> inputs, string? output, string? extension = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var folders = inputs.Where(Directory.Exists).Select(Path.GetFullPath).ToList();
        var outputFile = OutputIsOneFile(inputs, folders, output);
        var outputFolder = output is null or MediaItem.StandardInput || outputFile ? null : Path.GetFullPath(output);
        var items = inputs.SelectMany(input => Find(input, folders.Count + inputs.Count(IsStandardInput) == 1 && inputs.Count == 1, outputFolder))
            .OrderBy(item => item.Name, StringComparer.Ordinal)
            .ToList();
        RefuseSame(items, item => item.Name, item => item.Path);
        var planned = items.Select(item => new PlannedItem(item, Target(item, output, outputFile, outputFolder, extension))).ToList();
        RefuseSameTarget(planned, outputFolder);
        RefuseSourceFolders(planned, folders);
        RefuseFilledFolderAmongInputs(folders, outputFolder);
        return new OutputPlan(planned, outputFolder);
    }

    private static bool IsStandardInput(string input) => input == MediaItem.StandardInput;

    private static bool OutputIsOneFile(IReadOnlyList<string> inputs, List<string> folders, string? output) =>
        output is not null and not MediaItem.StandardInput
        && inputs.Count == 1 && folders.Count == 0
        && !Directory.Exists(output) && !Path.EndsInDirectorySeparator(output) && Path.HasExtension(output);

    private static string? Target(MediaItem item, string? output, bool outputFile, string? outputFolder, string? extension) =>
        outputFolder is not null ? Path.Combine(outputFolder, (extension is null ? item.Name : Path.ChangeExtension(item.Name, extension)).Replace('/', Path.DirectorySeparatorChar))
        : outputFile ? Path.GetFullPath(output!)
        : output;

    private static IEnumerable<MediaItem> Find(string input, bool onlyInput, string? outputFolder)
    {
        if (IsStandardInput(input))
        {
            return [new MediaItem(MediaItem.StandardInput, "stdin", MediaItemOrigin.Named)];
        }

        var path = Path.GetFullPath(input);
        if (File.Exists(path))
        {
            return [new MediaItem(path, Path.GetFileName(path), MediaItemOrigin.Named)];
        }

        if (!Directory.Exists(path))
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no file or folder '{input}'.", "Check the spelling, and quote names that contain spaces.");
        }

        // One folder is mirrored as it is; of several, each keeps its own name so that they cannot run into each other.
        var prefix = onlyInput ? "" : Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) + "/";
        return FindIn(path, outputFolder).Select(file => new MediaItem(
            file, prefix + Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/'), MediaItemOrigin.Found));
    }

    private static IEnumerable<string> FindIn(string folder, string? outputFolder)
    {
        // Links to folders are not followed: they can lead out of the folder that was meant, or round in circles.
        var options = new EnumerationOptions { RecurseSubdirectories = false, AttributesToSkip = FileAttributes.System, IgnoreInaccessible = false };
        var pending = new Stack<string>([folder]);
        while (pending.TryPop(out var current))
        {
            foreach (var child in Directory.EnumerateDirectories(current, "*", options))
            {
                if (new DirectoryInfo(child).LinkTarget is null && !SamePath(child, outputFolder) && !IsHidden(child))
                {
                    pending.Push(child);
                }
            }

            foreach (var file in Directory.EnumerateFiles(current, "*", options))
            {
                if (!IsHidden(file))
                {
                    yield return file;
                }
            }
        }
    }

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');

    private static void RefuseSameTarget(List<PlannedItem> planned, string? outputFolder)
    {
        if (outputFolder is not null)
        {
            RefuseSame(planned, item => item.Target!, item => item.Item.Path);
        }
    }

    private static void RefuseSame<T>(List<T> items, Func<T, string> output, Func<T, string> input)
    {
        var twice = items.GroupBy(output, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            var inputs = twice.Select(input).ToList();
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"'{inputs[0]}' and '{inputs[1]}' would both be written as '{twice.Key}'.",
                "Give the folder that holds both, or run them with different outputs.");
        }
    }

    private static void RefuseSourceFolders(List<PlannedItem> planned, List<string> folders)
    {
        var sources = planned.Select(item => item.Item.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (item, target) in planned)
        {
            if (target is null or MediaItem.StandardInput)
            {
                continue;
            }

            if (sources.Contains(target) || folders.Any(folder => SamePath(folder, Path.GetDirectoryName(target))))
            {
                throw new VeilException(
                    VeilErrorCode.InvalidOption, $"'{item.Name}' would be written into its source folder ('{target}').",
                    "Choose an output folder of its own, e.g. -o anonymized.");
            }
        }
    }

    /// <summary>
    /// The output folder is left out of the search, so that a second run does not take the first one's results for inputs.
    /// When it lies among the inputs and holds something that no run of ours wrote, that might be originals: refuse.
    /// </summary>
    private static void RefuseFilledFolderAmongInputs(List<string> folders, string? outputFolder)
    {
        if (outputFolder is not null
            && folders.Any(folder => outputFolder.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            && Directory.Exists(outputFolder)
            && !File.Exists(RunJournal.PathIn(outputFolder))
            && Directory.EnumerateFileSystemEntries(outputFolder).Any())
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"The output folder '{outputFolder}' lies inside an input folder and already holds files that Veil did not write.",
                "Choose an empty or new folder, best outside the inputs.");
        }
    }

    private static bool SamePath(string path, string? other) =>
        other is not null && string.Equals(Path.TrimEndingDirectorySeparator(path), Path.TrimEndingDirectorySeparator(other), StringComparison.Ordinal);
}
