using System.CommandLine;
using System.Globalization;
using Veil.Errors;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Verification;
using Veil.Evaluation.Verification.Checks;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Pipeline.Verification;
using Veil.Video.Files;

namespace Veil.Cli.Options;

/// <summary>What <c>veil verify</c> takes.</summary>
internal sealed class VerifyOptions
{
    private static readonly OutputCheckSettings Defaults = new();

    private readonly Argument<string?> _output = new("OUT") { Description = "The anonymized file or folder.", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string?> _against = new("--against") { Description = "The original file or folder; files are paired by their paths below the two folders.", HelpName = "IN" };

    private readonly Option<DirectoryInfo?> _report = new("--output", "-o")
    {
        Description = "Folder for the report: report.html, report.xlsx, report.json, CSV. The same command with the same folder goes on where it was interrupted.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _detector = new("--detector", "-d") { Description = "The detector that looks at the outputs; of another family than the run's. Default: the best of those present.", HelpName = "ID" };

    private readonly Option<float> _threshold = new("--threshold")
    {
        Description = "Score from which on a face left visible fails its file, 0 to 1; docs/verify.md says what each costs in false alarms.",
        DefaultValueFactory = _ => Defaults.Threshold,
    };

    private readonly Option<float> _smallest = new("--smallest-face") { Description = "Shorter side of the smallest face that fails a file, pixels; smaller ones are told.", DefaultValueFactory = _ => Defaults.Smallest };

    private readonly Option<UntouchedRule> _untouched = new("--untouched") { Description = "report tells of files that were coded anew as a whole; require fails them." };

    private readonly Option<MetadataRule> _metadata = new("--metadata") { Description = "Which metadata the outputs may hold. auto takes what the run's report says; without one, nothing that identifies somebody by itself." };

    private readonly Option<int> _every = new("--frames-every") { Description = "Of videos, look with the second detector and recognition at every n-th frame.", DefaultValueFactory = _ => 1, HelpName = "N" };

    private readonly Option<FileInfo?> _runReport = new("--run-report") { Description = "The run's report. Default: veil-report.json beside the outputs.", HelpName = "FILE" };

    private readonly Option<FileInfo?> _nameMap = new("--name-map") { Description = "Which output came from which original, as 'veil anonymize --name-map' wrote it.", HelpName = "FILE" };

    private readonly Option<int> _jobs = new("--jobs", "-j") { Description = "Files compared at a time.", DefaultValueFactory = _ => Environment.ProcessorCount };

    private readonly Option<double> _seconds = new("--max-seconds") { Description = "Most seconds for one picture, or for one frame of a video; 0 for no limit.", DefaultValueFactory = _ => 300 };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    private readonly LimitOptions _limits = new();

    public void AddTo(Command command)
    {
        command.Add(_output);
        foreach (var option in new Option[] { _against, _report, _detector, _threshold, _smallest, _untouched, _metadata, _every, _runReport, _nameMap, _jobs, _seconds, _json })
        {
            command.Add(option);
        }

        _limits.AddTo(command);
        LicenceOption.AddTo(command);
    }

    public VerifySettings Read(ParseResult parsed)
    {
        var (output, against) = (parsed.GetValue(_output), parsed.GetValue(_against));
        if (output is null || against is null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Expected what to verify and what against.", "For example: veil verify anonymized --against photos");
        }

        Require(parsed.GetValue(_threshold) is >= 0.5f and <= 1, "--threshold", "0.5 to 1");
        Require(parsed.GetValue(_smallest) is >= 8 and <= 4096, "--smallest-face", "8 to 4096 pixels");
        Require(parsed.GetValue(_every) is >= 1 and <= 1000, "--frames-every", "1 to 1000");
        Require(parsed.GetValue(_jobs) is >= 1 and <= 256, "--jobs", "1 to 256");
        Require(parsed.GetValue(_seconds) is >= 0 and <= 1e6, "--max-seconds", "0 to 1,000,000");
        return new VerifySettings(output, against, LicenceOption.ReadStore(parsed))
        {
            Report = parsed.GetValue(_report),
            Detector = parsed.GetValue(_detector),
            Checks = new OutputCheckSettings { Threshold = parsed.GetValue(_threshold), Smallest = parsed.GetValue(_smallest), Untouched = parsed.GetValue(_untouched) },
            Metadata = parsed.GetValue(_metadata),
            Every = parsed.GetValue(_every),
            RunReport = parsed.GetValue(_runReport),
            NameMap = parsed.GetValue(_nameMap),
            Jobs = parsed.GetValue(_jobs),
            MostTime = parsed.GetValue(_seconds) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            AsJson = parsed.GetValue(_json),
            Limits = _limits.Read(parsed),
        };
    }

    private static void Require(bool holds, string option, string range)
    {
        if (!holds)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Option '{option}' expects {range}.");
        }
    }
}

/// <summary>The values of <see cref="VerifyOptions"/>.</summary>
/// <param name="Output">What was written.</param>
/// <param name="Against">What it was made of.</param>
/// <param name="Store">Models.</param>
internal sealed record VerifySettings(string Output, string Against, ModelStore Store)
{
    public DirectoryInfo? Report { get; init; }

    public string? Detector { get; init; }

    public OutputCheckSettings Checks { get; init; } = new();

    public MetadataRule Metadata { get; init; }

    public int Every { get; init; } = 1;

    public FileInfo? RunReport { get; init; }

    public FileInfo? NameMap { get; init; }

    public int Jobs { get; init; } = 1;

    public TimeSpan? MostTime { get; init; }

    public bool AsJson { get; init; }

    public PictureLimits Limits { get; init; } = PictureLimits.Default;

    /// <summary>Which metadata the outputs of a run may hold.</summary>
    public MetadataRule MetadataFor(RunRecord record) => Metadata != MetadataRule.Auto || !record.IsKnown ? Metadata
        : (record.Options.GetValueOrDefault("metadata"), record.Options.GetValueOrDefault("metadata-date")) switch
        {
            ("none", _) => MetadataRule.None,
            ("safe", "day") => MetadataRule.SafeWithDay,
            ("safe", _) => MetadataRule.Safe,
            ("all", _) => MetadataRule.All,
            _ => MetadataRule.Auto,
        };

    /// <summary>What verifies the outputs of a run.</summary>
    public VerifierSetup Setup(RunRecord record) => VerifierSetup.Create(Store, record.Detectors, Detector) with
    {
        Settings = Checks, Metadata = MetadataFor(record), Limits = Limits, Every = Every, Films = Films(record),
    };

    /// <summary>The part of films that the run took, and its rate.</summary>
    private static VideoOptions Films(RunRecord record)
    {
        return new VideoOptions
        {
            Start = Time("video.start"), End = Time("video.end"), FrameRate = record.Options.GetValueOrDefault("video.fps") is { } rate ? FrameRate.Parse(rate) : null,
        };

        TimeSpan? Time(string option) => TimeSpan.TryParseExact(record.Options.GetValueOrDefault(option), "c", CultureInfo.InvariantCulture, out var time) ? time : null;
    }

    /// <summary>Both folders with the files that were read, for the report.</summary>
    public IReadOnlyList<MeasuredInput> Inputs(IReadOnlyCollection<OutputPair> read) =>
        [MeasuredInput.Of(Path.GetFullPath(Against), read.Select(pair => pair.Original.Path)), MeasuredInput.Of(Path.GetFullPath(Output), read.Select(pair => pair.Output))];
}
