using System.CommandLine;
using Veil.Datasets;
using Veil.Datasets.Finding;
using Veil.Errors;

namespace Veil.Cli.Options;

/// <summary>Which dataset, and which of its splits.</summary>
internal sealed class DatasetOptions
{
    private readonly Argument<string> _format = new("format")
    {
        Description = $"The dataset's format: {string.Join(", ", DatasetCatalog.All.Select(format => format.Id))}, or {DatasetCatalog.Automatic} to tell by its layout.",
    };

    private readonly Argument<DirectoryInfo> _root = new("root") { Description = "The dataset's folder; it is only read." };

    private readonly Option<string[]> _splits = new("--splits")
    {
        Description = "Splits to anonymize, by name or by what they are (train is train2017, too); repeated or with commas. Default: train for classification, so that tests stay original; every split otherwise.",
        HelpName = "NAME",
    };

    private readonly Option<OtherSplits> _others = new("--other-splits")
    {
        Description = "Pictures of splits that are not chosen: leave them out of the output, or copy the originals as they are.",
    };

    private readonly Option<DatasetRegions> _regions = new("--regions")
    {
        Description = "Where regions come from: detect finds them; annotations takes the dataset's people; matched takes what is found where the dataset says that somebody is.",
    };

    private readonly Option<IncompleteAnnotations> _incomplete = new("--unannotated")
    {
        Description = "With --regions annotations, pictures whose annotations are missing or need not name everybody: refuse lets them fail; takeAsTheyAre covers what is annotated, maybe nobody.",
    };

    private readonly Option<MatchPolicy> _match = new("--match")
    {
        Description = "With --regions matched: coverAll covers what is found and whoever is annotated; matchedOnly leaves people uncovered, as DeepPrivacy2's scripts do.",
    };

    private readonly CategoryOptions _categories = new();

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_root);
        command.Add(_splits);
        command.Add(_others);
        command.Add(_regions);
        command.Add(_incomplete);
        command.Add(_match);
        _categories.AddTo(command);
    }

    /// <summary>The settings; a format that is not known, or not to be told by the folder's layout, ends here.</summary>
    public DatasetSettings Read(ParseResult parsed)
    {
        var root = parsed.GetValue(_root)!;
        if (!root.Exists)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no folder '{root}'.", "Check the spelling, and that it is mounted on this machine.");
        }

        return new DatasetSettings(DatasetCatalog.Find(parsed.GetValue(_format)!, root.FullName), root.FullName, Splits(parsed), parsed.GetValue(_others))
        {
            Regions = parsed.GetValue(_regions),
            Incomplete = parsed.GetValue(_incomplete),
            Match = parsed.GetValue(_match),
            Reading = _categories.Read(parsed),
        };
    }

    private string[] Splits(ParseResult parsed) =>
        [.. (parsed.GetValue(_splits) ?? []).SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}

/// <summary>What becomes of pictures whose split was not chosen.</summary>
internal enum OtherSplits
{
    /// <summary>They are not in the output.</summary>
    Leave,

    /// <summary>They are copied as they are: the output then holds originals.</summary>
    Copy,
}

/// <summary>Where the regions of a dataset's pictures come from.</summary>
internal enum DatasetRegions
{
    Detect,
    Annotations,
    Matched,
}

/// <summary>The values of <see cref="DatasetOptions"/>.</summary>
/// <param name="Format">The dataset's format.</param>
/// <param name="Root">Full path of its folder.</param>
/// <param name="Splits">Splits that are asked for; empty for the default.</param>
/// <param name="Others">What becomes of the others.</param>
internal sealed record DatasetSettings(DatasetFormat Format, string Root, IReadOnlyList<string> Splits, OtherSplits Others)
{
    /// <summary>Where regions come from.</summary>
    public DatasetRegions Regions { get; init; }

    /// <summary>What to do where people may be missing from the annotations.</summary>
    public IncompleteAnnotations Incomplete { get; init; }

    /// <summary>What is covered when detections are matched with annotations.</summary>
    public MatchPolicy Match { get; init; }

    /// <summary>How the dataset is read.</summary>
    public required DatasetReadOptions Reading { get; init; }
}
