using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>
/// Where each input's output goes. Folders are mirrored. Refuses plans that would write beside the originals or two inputs
/// into one file: both are accidents that expose or destroy somebody's picture.
/// </summary>
public sealed class OutputPlan
{
    private OutputPlan(IReadOnlyList<PlannedItem> items, string? folder, OutputNaming naming) => (Items, Folder, Naming) = (items, folder, naming);

    /// <summary>No input and no output: the plan of a process that is told each item.</summary>
    public static OutputPlan Nothing { get; } = new([], null, OutputNaming.Keep);

    /// <summary>Every input with its target, ordered by name.</summary>
    public IReadOnlyList<PlannedItem> Items { get; }

    /// <summary>The output folder; null when the output is one file or standard output.</summary>
    public string? Folder { get; }

    /// <summary>How outputs are named.</summary>
    public OutputNaming Naming { get; }

    /// <summary>Finds the inputs and plans their outputs.</summary>
    /// <param name="inputs">Files, folders (searched to any depth) or <c>-</c> for standard input.</param>
    /// <param name="output">A folder, a file (one input only), <c>-</c> for standard output, or null to write nothing.</param>
    /// <param name="extension">Replaces the extension of outputs in a folder, with the dot; null keeps each input's.</param>
    /// <param name="naming">What outputs in a folder are called; null keeps their names.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>, <see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public static OutputPlan Create(IReadOnlyList<string> inputs, string? output, string? extension = null, OutputNaming? naming = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        naming ??= OutputNaming.Keep;
        var folders = inputs.Where(Directory.Exists).Select(Path.GetFullPath).ToList();
        var outputFile = OutputIsOneFile(inputs, folders, output);
        var outputFolder = output is null or MediaItem.StandardInput || outputFile ? null : Path.GetFullPath(output);
        RefuseNoPlaceForFiles(output, outputFolder);
        var real = new RealPath();
        var found = inputs.SelectMany(input => Find(input, folders.Count + inputs.Count(IsStandardInput) == 1 && inputs.Count == 1, outputFolder, real))
            .OrderBy(item => item.Item.Name, StringComparer.Ordinal)
            .ToList();
        RefuseSame(found.Where(item => item.Problem is null), item => item.Item.Name, item => item.Item.Path);
        if (naming.HidesNames && outputFolder is null && output is not null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Outputs can only be given other names in a folder.", "Name an output folder, or leave --names out: a single output has the name you give it.");
        }

        var planned = Distinct(found.Select((item, index) => Plan(item, naming.NameOf(item.Item.Name, index, extension)))).ToList();
        RefuseSameTarget(planned, outputFolder);
        RefuseSourceFolders(planned, folders, real);
        RefuseFilledFolderAmongInputs(folders, outputFolder, real);
        return new OutputPlan(planned, outputFolder, naming);

        PlannedItem Plan(PlannedItem item, string name) => item with
        {
            Item = naming.HidesNames ? item.Item with { ReportedName = name } : item.Item,
            Target = item.Problem is not null ? null
                : outputFolder is not null ? Path.Combine(outputFolder, name.Replace('/', Path.DirectorySeparatorChar))
                : outputFile ? Path.GetFullPath(output!)
                : output,
        };
    }

    private static bool IsStandardInput(string input) => input == MediaItem.StandardInput;

    private static bool OutputIsOneFile(IReadOnlyList<string> inputs, List<string> folders, string? output) =>
        output is not null and not MediaItem.StandardInput
        && inputs.Count == 1 && folders.Count == 0
        && !Directory.Exists(output) && !Path.EndsInDirectorySeparator(output) && Path.HasExtension(output);

    private static IEnumerable<PlannedItem> Find(string input, bool onlyInput, string? outputFolder, RealPath real)
    {
        if (IsStandardInput(input))
        {
            return [new PlannedItem(new MediaItem(MediaItem.StandardInput, "stdin", MediaItemOrigin.Named), null)];
        }

        var path = Path.GetFullPath(input);
        if (File.Exists(path))
        {
            return [new PlannedItem(new MediaItem(path, Path.GetFileName(path), MediaItemOrigin.Named), null)];
        }

        if (!Directory.Exists(path))
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no file or folder '{input}'.", "Check the spelling, and quote names that contain spaces; names must be in UTF-8.");
        }

        // One folder is mirrored as it is; of several, each keeps its own name so that they cannot run into each other.
        var prefix = onlyInput ? "" : Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) + "/";
        return FolderSearch.Find(path, PlaceIn(path, outputFolder, real)).Select(file => new PlannedItem(
            new MediaItem(file.Path, prefix + Path.GetRelativePath(path, file.Path).Replace(Path.DirectorySeparatorChar, '/'), MediaItemOrigin.Found), null) { Problem = file.Problem });
    }

    /// <summary>The output folder as a search of an input folder meets it, whichever links were named; null when it lies elsewhere.</summary>
    private static string? PlaceIn(string folder, string? outputFolder, RealPath real)
    {
        if (outputFolder is null)
        {
            return null;
        }

        var relative = Path.GetRelativePath(real.OfFolder(folder), real.OfFolder(outputFolder));
        return Path.IsPathRooted(relative) || relative == "." || relative.Split(Path.DirectorySeparatorChar)[0] == ".." ? null : Path.Combine(folder, relative);
    }

    /// <summary>Names that cannot be read may look alike; what is told about each must not replace what is told about another.</summary>
    private static IEnumerable<PlannedItem> Distinct(IEnumerable<PlannedItem> items)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items.OrderBy(item => item.Problem is not null).ThenBy(item => item.Item.Name, StringComparer.Ordinal))
        {
            var name = item.Item.Name;
            for (var i = 2; !names.Add(name); i++)
            {
                name = $"{item.Item.Name} ({i})";
            }

            yield return name == item.Item.Name ? item : item with { Item = item.Item with { Name = name } };
        }
    }

    private static void RefuseNoPlaceForFiles(string? output, string? outputFolder)
    {
        if (output is null or MediaItem.StandardInput)
        {
            return;
        }

        if (FileKinds.Of(Path.GetFullPath(output)) is FileKind.Device or FileKind.Pipe or FileKind.Socket)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"The output '{output}' is a device, pipe or socket, not a file or folder.", "Use -o - for standard output.");
        }

        if (outputFolder is not null && (Path.GetDirectoryName(outputFolder) is null || outputFolder is "/dev" or "/dev/"))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"'{outputFolder}' belongs to the system and is no output folder.", "Choose a folder of its own, e.g. -o anonymized.");
        }
    }

    private static void RefuseSameTarget(List<PlannedItem> planned, string? outputFolder)
    {
        if (outputFolder is not null)
        {
            RefuseSame(planned.Where(item => item.Target is not null), item => item.Target!, item => item.Item.Path);
        }
    }

    private static void RefuseSame(IEnumerable<PlannedItem> items, Func<PlannedItem, string> output, Func<PlannedItem, string> input)
    {
        var first = new Dictionary<string, PlannedItem>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!first.TryAdd(output(item), item))
            {
                throw new VeilException(
                    VeilErrorCode.InvalidOption, $"'{input(first[output(item)])}' and '{input(item)}' would both be written as '{output(item)}'.",
                    "Give the folder that holds both, or run them with different outputs.");
            }
        }
    }

    private static void RefuseSourceFolders(List<PlannedItem> planned, List<string> folders, RealPath real)
    {
        // Compared with every link resolved: an output folder that is a link to the source would replace the originals.
        var sources = planned.Where(item => item.Item.Path != MediaItem.StandardInput).SelectMany(item => new[] { real.OfEntry(item.Item.Path), real.OfFile(item.Item.Path) }).ToHashSet(StringComparer.Ordinal);
        var sourceFolders = planned.Where(item => item.Item.Origin == MediaItemOrigin.Found).Select(item => Path.GetDirectoryName(item.Item.Path)!).Concat(folders)
            .Distinct(StringComparer.Ordinal).Select(real.OfFolder).ToHashSet(StringComparer.Ordinal);
        foreach (var (item, target) in planned)
        {
            if (target is null or MediaItem.StandardInput)
            {
                continue;
            }

            if (sources.Contains(real.OfEntry(target)) || sourceFolders.Contains(real.OfFolder(Path.GetDirectoryName(target)!)))
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
    private static void RefuseFilledFolderAmongInputs(List<string> folders, string? outputFolder, RealPath real)
    {
        if (outputFolder is not null
            && folders.Any(folder => PlaceIn(folder, outputFolder, real) is not null)
            && Directory.Exists(outputFolder)
            && !File.Exists(RunJournal.PathIn(outputFolder))
            && Directory.EnumerateFileSystemEntries(outputFolder).Any())
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"The output folder '{outputFolder}' lies inside an input folder and already holds files that Veil did not write.",
                "Choose an empty or new folder, best outside the inputs.");
        }
    }
}
