using System.CommandLine;
using System.Globalization;
using Veil.Anonymization;
using Veil.Cli.Runs;
using Veil.Detection;
using Veil.Errors;
using Veil.Onnx.Decoders;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary>What to find, and with which detectors.</summary>
internal sealed class FindingOptions
{
    private readonly Option<FindKind?> _find = new("--find")
    {
        Description = "What to cover: faces (default), or image for the whole picture.",
    };

    private readonly Option<string[]> _detectors = new("--detector", "-d")
    {
        Description = "Detector; repeated or with commas, several are united. 'veil detectors' lists them. Default: the best one present.",
        HelpName = "ID",
    };

    private readonly Option<string[]> _detectorSet = new("--detector-set")
    {
        Description = "An option of the detector, e.g. --detector-set neighbors=3, or haar.neighbors=3 where several are united; may be repeated. 'veil detectors ID' lists them.",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<FileInfo?> _model = new("--model")
    {
        Description = "An ONNX face detector of your own; its layout is recognised by its outputs.",
        HelpName = "FILE",
    };

    private readonly Option<FaceLayout?> _layout = new("--layout")
    {
        Description = "How the outputs of --model are arranged, where that cannot be recognised.",
    };

    private readonly Option<float?> _threshold = new("--threshold")
    {
        Description = "Lowest score that counts, 0 to 1. Lower finds more, also what is none. Default: the detector's own.",
        HelpName = "SCORE",
    };

    private readonly Option<int> _smallest = new("--smallest-face")
    {
        Description = "Shorter side of the smallest face wanted, pixels.",
        DefaultValueFactory = _ => new DetectorOptions().SmallestFace,
    };

    private readonly Option<bool> _thorough = new("--thorough")
    {
        Description = "Look at more scales, mirrored and in tiles, with every detector present: finds more, takes several times as long.",
    };

    public void AddTo(Command command)
    {
        command.Add(_find);
        command.Add(_detectors);
        command.Add(_detectorSet);
        command.Add(_model);
        command.Add(_layout);
        command.Add(_threshold);
        command.Add(_smallest);
        command.Add(_thorough);
        LicenceOption.AddTo(command);
    }

    /// <summary>Chooses the detector and checks its options and model file; it is loaded by the first worker.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="preset">The chosen preset, which may be one for whole pictures; null for none.</param>
    public RegionFinder Read(ParseResult parsed, MethodPreset? preset)
    {
        if (What(parsed, preset) == FindKind.Image)
        {
            return new RegionFinder(() => new WholeFrame(), new Dictionary<string, string> { ["find"] = "image" }, [], []) { Points = FacePointState.AllKnown };
        }

        var (choice, options, models) = ReadDetector(parsed);
        return new RegionFinder(
            () => choice.Films is { } films ? new RegionsByMotion(() => Provider(choice), () => Provider(films)) : Provider(choice),
            new Dictionary<string, string>(DetectorSettings.Report(choice.Detector).Concat(ReportFilms(choice.Films)))
            {
                ["find"] = "faces",
                ["detector"] = choice.Detector.Id,
                ["detector-reason"] = choice.Reason,
                ["effort"] = RegionJson.NameOf(options.Effort),
                ["smallest-face"] = options.SmallestFace.ToString(CultureInfo.InvariantCulture),
                ["threshold"] = options.Threshold?.ToString(CultureInfo.InvariantCulture) ?? "the detector's own",
            },
            choice.Films is null ? models : [.. models, .. UsedModels.Describe(choice.Films.Detector.Models, LicenceOption.ReadStore(parsed))],
            choice.Hint is { } hint ? [hint] : []);

        DetectedRegions Provider(DetectorChoice chosen) => new(chosen.Detector.Create(options));
    }

    /// <summary>What is looked for: what the user said, else what the preset is for.</summary>
    public FindKind What(ParseResult parsed, MethodPreset? preset) =>
        parsed.GetValue(_find) ?? (preset?.Finds == RegionKind.Image ? FindKind.Image : FindKind.Faces);

    /// <summary>The detector alone, with its options and the models behind it.</summary>
    public (DetectorChoice Choice, DetectorOptions Options, IReadOnlyList<ReportedModel> Models) ReadDetector(ParseResult parsed)
    {
        var options = new DetectorOptions
        {
            Threshold = parsed.GetValue(_threshold),
            SmallestFace = parsed.GetValue(_smallest),
            Effort = parsed.GetValue(_thorough) ? DetectionEffort.Thorough : DetectionEffort.Standard,
        };
        Checked.Require(options);
        var store = LicenceOption.ReadStore(parsed);
        var choice = Choose(parsed, store, options.Effort);
        choice.Detector.EnsureUsable();
        choice.Films?.Detector.EnsureUsable();
        return (choice, options, UsedModels.Describe(choice.Detector, parsed.GetValue(_model), store));
    }

    private static IEnumerable<KeyValuePair<string, string>> ReportFilms(DetectorChoice? films) =>
        films is null ? [] : [new("detector.films", films.Detector.Id), new("detector-reason.films", films.Reason)];

    private DetectorChoice Choose(ParseResult parsed, ModelStore store, DetectionEffort effort)
    {
        var onnx = Catalogues.Onnx(store);
        var settings = DetectorSettings.Parse(parsed.GetValue(_detectorSet) ?? []);
        var named = (parsed.GetValue(_detectors) ?? []).SelectMany(ids => ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        var model = parsed.GetValue(_model);
        if (model is null && parsed.GetValue(_layout) is not null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--layout says how a --model is arranged, but no --model was given.");
        }

        if (named.Count > 0 || model is not null)
        {
            var detectors = settings.ApplyTo([.. named.Select(Catalogues.Detectors(onnx, store).Find)]).ToList();
            if (model is not null)
            {
                detectors.Add(OnnxDetectors.FromFile(model.FullName, parsed.GetValue(_layout)));
            }

            return new DetectorChoice(DetectorCatalog.Unite(detectors), "named by the user", null);
        }

        settings.ApplyTo([]);
        return onnx.Default(effort);
    }
}

/// <summary>What can be looked for.</summary>
internal enum FindKind
{
    Faces,
    Image,
}
