using System.CommandLine;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Treatments;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary>What a network's accuracy on originals is compared with: methods, the regions that they anonymize, and where the report goes.</summary>
internal sealed class ComparisonOptions
{
    private readonly TreatmentOptions _treatments = new();
    private readonly ReportOptions _report = ReportOptions.Optional("Needed with --methods. ");

    private readonly Option<string[]> _kinds = new("--anonymize")
    {
        Description = "With --methods: what is anonymized, each kind by itself: faces, heads, bodies; repeated or with commas. Default: bodies and faces, as far as they are annotated.",
        HelpName = "KIND",
    };

    private readonly Option<DatasetRegions> _regions = new("--regions")
    {
        Description = "With --methods: where the regions come from. annotations takes the annotated people (default), detect finds them, matched takes what is found where somebody is annotated.",
        DefaultValueFactory = _ => DatasetRegions.Annotations,
    };

    public void AddTo(Command command)
    {
        _treatments.AddTo(command);
        command.Add(_kinds);
        command.Add(_regions);
        _report.AddTo(command);
    }

    /// <summary>Whether methods are to be compared.</summary>
    public bool IsAsked(ParseResult parsed, AnonymizerCatalog catalog) => Treatments(parsed, catalog).Count > 0;

    /// <summary>The treatments, the original first; empty where none is named.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: unknown, or an option that has no use without methods.</exception>
    public IReadOnlyList<Treatment> Treatments(ParseResult parsed, AnonymizerCatalog catalog)
    {
        var treatments = _treatments.Read(parsed, catalog);
        return treatments.Count == 0 && (parsed.GetValue(_kinds) is { Length: > 0 } || parsed.GetResult(_regions) is { Implicit: false })
            ? throw new VeilException(VeilErrorCode.InvalidOption, "--anonymize and --regions say what methods work on, but no method was named.", "For example: --methods veil solid")
            : treatments;
    }

    /// <summary>The kinds to anonymize, in the order named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="annotated">Kinds that the annotations can give.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: unknown.</exception>
    public IReadOnlyList<RegionKind> Kinds(ParseResult parsed, IReadOnlyList<RegionKind> annotated)
    {
        var named = (parsed.GetValue(_kinds) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(Find).Distinct().ToList();
        return named.Count > 0 ? named : [.. new[] { RegionKind.Body, RegionKind.Face }.Where(annotated.Contains)];
    }

    /// <summary>Where regions come from.</summary>
    public DatasetRegions Regions(ParseResult parsed) => parsed.GetValue(_regions);

    /// <summary>Where the report goes; null for nowhere.</summary>
    public DirectoryInfo? Folder(ParseResult parsed) => _report.Find(parsed);

    private static RegionKind Find(string name) => RegionKinds.Find(name) is { } kind and (RegionKind.Face or RegionKind.Head or RegionKind.Body) ? kind
        : throw new VeilException(VeilErrorCode.InvalidOption, $"--anonymize expects faces, heads or bodies, but received '{name}'.", "For example: --anonymize bodies,faces");
}
