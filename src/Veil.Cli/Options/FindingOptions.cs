using System.CommandLine;
using System.Globalization;
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
    private readonly Option<string[]> _detectors = new("--detector", "-d")
    {
        Description = "Detector, for all that it finds; repeated or with commas, several are united. 'veil detectors' lists them. Default, also for kinds that no named one finds: the best one present.",
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
        Description = "Lowest score that counts, 0 to 1, for every detector. Lower finds more, also what is none. Default: the detector's own.",
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

    private readonly Option<bool> _masks = new("--masks")
    {
        Description = "Tell people from the background in their boxes, where that is sure: covers less around them. Where it is not, and without this, their whole box is covered (docs/bodies.md).",
    };

    private readonly TextOptions _text = new();

    public void AddTo(Command command)
    {
        FindOption.AddTo(command);
        command.Add(_detectors);
        command.Add(_detectorSet);
        command.Add(_model);
        command.Add(_layout);
        command.Add(_threshold);
        command.Add(_smallest);
        command.Add(_thorough);
        command.Add(_masks);
        _text.AddTo(command);
        LicenceOption.AddTo(command);
    }

    /// <summary>Chooses the detectors and checks their options and models; they are loaded by the first worker.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="kinds">What to find; at least one.</param>
    /// <exception cref="VeilException">Something of it cannot be found here; nothing is touched yet.</exception>
    public RegionFinder Read(ParseResult parsed, IReadOnlyList<RegionKind> kinds)
    {
        var find = string.Join(',', kinds.Select(RegionKinds.NameOf));
        if (kinds is [RegionKind.Image])
        {
            return new RegionFinder(() => new WholeFrame(), new Dictionary<string, string> { ["find"] = find }, [], []) { Points = FacePointState.AllKnown };
        }

        var (options, store) = (ReadOptions(parsed), LicenceOption.ReadStore(parsed));
        var uses = Choose(parsed, store, kinds, options.Effort);
        foreach (var use in uses)
        {
            use.Choice.Detector.EnsureUsable();
            use.Choice.Films?.Detector.EnsureUsable();
        }

        var finder = new RegionFinder(
            () => uses.Count == 1 ? Provider(uses[0]) : new CombinedRegions([.. uses.Select(Provider)]),
            new Dictionary<string, string>(uses.SelectMany(use => Report(use, kinds)).DistinctBy(pair => pair.Key))
            {
                ["find"] = find,
                ["effort"] = RegionJson.NameOf(options.Effort),
                ["smallest-face"] = options.SmallestFace.ToString(CultureInfo.InvariantCulture),
                ["threshold"] = options.Threshold?.ToString(CultureInfo.InvariantCulture) ?? "the detector's own",
            },
            [.. uses.SelectMany(use => use.Choice.Detector.Models.Concat(use.Choice.Films?.Detector.Models ?? [])).Distinct().SelectMany(id => UsedModels.Describe([id], store)).Concat(OwnModel(parsed))],
            [.. uses.Select(use => use.Choice.Hint).OfType<string>().Distinct()]);
        return _text.Complete(parsed.GetValue(_masks) ? Masked(finder, kinds, store) : finder, kinds, parsed, store);

        IRegionProvider Provider(DetectorUse use) => use.Choice.Films is { } films ? new RegionsByMotion(() => With(use.Choice), () => With(films)) : With(use.Choice);

        DetectedRegions With(DetectorChoice choice) => new(choice.Detector.Create(options));
    }

    /// <summary>The detector of faces alone, with its options.</summary>
    public (DetectorChoice Choice, DetectorOptions Options) ReadFaceDetector(ParseResult parsed) => ReadDetector(parsed, RegionKind.Face);

    /// <summary>The detector of one kind alone, with its options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="kind">Need not be among what is looked for.</param>
    public (DetectorChoice Choice, DetectorOptions Options) ReadDetector(ParseResult parsed, RegionKind kind) => ReadDetector(parsed, kind, FindOption.Kinds(parsed, preset: null));

    /// <summary>The detector of one kind for a command that looks for kinds of its own.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="kind">Need not be among them.</param>
    /// <param name="among">What the command looks for.</param>
    public (DetectorChoice Choice, DetectorOptions Options) ReadDetector(ParseResult parsed, RegionKind kind, IReadOnlyList<RegionKind> among)
    {
        var (options, store) = (ReadOptions(parsed), LicenceOption.ReadStore(parsed));
        var choice = Choose(parsed, store, among, options.Effort).FirstOrDefault(use => use.Kinds.Contains(kind))?.Choice
            ?? Default(kind, options.Effort, store);
        choice = choice with { Detector = choice.Detector.Only([kind]) };
        choice.Detector.EnsureUsable();
        foreach (var id in choice.Detector.Models)
        {
            store.Require(ModelManifest.Find(id));
        }

        return (choice, options);
    }

    private static DetectorChoice Default(RegionKind kind, DetectionEffort effort, ModelStore store)
    {
        var onnx = Catalogues.Onnx(store);
        return new DefaultDetectors(onnx, Catalogues.Detectors(onnx, store), store).For(kind, effort);
    }

    /// <summary>A finder that adds masks. Fails here, before any picture is touched, when the model cannot be used.</summary>
    private static RegionFinder Masked(RegionFinder finder, IReadOnlyList<RegionKind> kinds, ModelStore store)
    {
        var segmenter = Catalogues.Segmenter(store);
        if (!kinds.Contains(segmenter.Kind))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"--masks is for {RegionKinds.NameOf(segmenter.Kind)}, which this run does not look for.", $"Add them: --find {RegionKinds.NameOf(segmenter.Kind)}");
        }

        segmenter.Create().Dispose();
        return finder with
        {
            CreateProvider = () => new SegmentedRegions(finder.CreateProvider(), segmenter),
            Options = new Dictionary<string, string>(finder.Options) { ["masks"] = segmenter.Id },
            Models = [.. finder.Models.Concat(UsedModels.Describe(segmenter.Models, store)).Distinct()],
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Report(DetectorUse use, IReadOnlyList<RegionKind> kinds) =>
        use.Kinds.SelectMany(kind => new[]
        {
            KeyValuePair.Create(KindPrefix.Of(kind, kinds) + "detector", use.Choice.Detector.Id),
            KeyValuePair.Create(KindPrefix.Of(kind, kinds) + "detector-reason", use.Choice.Reason),
        }.Concat(ReportFilms(KindPrefix.Of(kind, kinds), use.Choice.Films))).Concat(DetectorSettings.Report(use.Choice.Detector));

    private static IEnumerable<KeyValuePair<string, string>> ReportFilms(string prefix, DetectorChoice? films) =>
        films is null ? [] : [new(prefix + "detector.films", films.Detector.Id), new(prefix + "detector-reason.films", films.Reason)];

    private IEnumerable<ReportedModel> OwnModel(ParseResult parsed) => parsed.GetValue(_model) is { } file ? [UsedModels.Describe(file)] : [];

    private DetectorOptions ReadOptions(ParseResult parsed)
    {
        var options = new DetectorOptions
        {
            Threshold = parsed.GetValue(_threshold),
            SmallestFace = parsed.GetValue(_smallest),
            Effort = parsed.GetValue(_thorough) ? DetectionEffort.Thorough : DetectionEffort.Standard,
        };
        Checked.Require(options);
        return options;
    }

    private IReadOnlyList<DetectorUse> Choose(ParseResult parsed, ModelStore store, IReadOnlyList<RegionKind> kinds, DetectionEffort effort)
    {
        var onnx = Catalogues.Onnx(store);
        var catalog = Catalogues.Detectors(onnx, store);
        var named = Named(parsed, catalog);
        if (named.Find(detector => !detector.Kinds.Any(kinds.Contains)) is { } idle)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption,
                $"Detector '{idle.Id}' finds {Names(idle.Kinds)}, but this run looks for {Names(kinds)}.", "Name another detector, or add to --find what it finds.");
        }

        return DetectorUse.Divide(kinds, named, kind => new DefaultDetectors(onnx, catalog, store).For(kind, effort));

        static string Names(IEnumerable<RegionKind> kinds) => string.Join(", ", RegionKinds.InOrder(kinds).Select(RegionKinds.NameOf));
    }

    private List<DetectorDescriptor> Named(ParseResult parsed, DetectorCatalog catalog)
    {
        var settings = DetectorSettings.Parse(parsed.GetValue(_detectorSet) ?? []);
        var ids = (parsed.GetValue(_detectors) ?? []).SelectMany(ids => ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct();
        var named = settings.ApplyTo([.. ids.Select(catalog.Find)]).ToList();
        if (parsed.GetValue(_model) is { } model)
        {
            named.Add(OnnxDetectors.FromFile(model.FullName, parsed.GetValue(_layout)));
        }
        else if (parsed.GetValue(_layout) is not null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--layout says how a --model is arranged, but no --model was given.");
        }

        return named;
    }
}
