using System.Globalization;
using Veil.Detection;
using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Engine.Finding;

/// <summary>What to find, and with which detectors.</summary>
/// <param name="Kinds">What to find; at least one.</param>
/// <param name="Options">How hard to look.</param>
/// <param name="Store">Models.</param>
internal sealed record FindingRequest(IReadOnlyList<RegionKind> Kinds, DetectorOptions Options, ModelStore Store)
{
    /// <summary>Detectors that the user named, each for all that it finds; other kinds have their default ones.</summary>
    public IReadOnlyList<DetectorDescriptor> Named { get; init; } = [];

    /// <summary>Detectors of a program's own, which come after Veil's where the user named none.</summary>
    public IReadOnlyList<DetectorDescriptor> OwnDetectors { get; init; } = [];

    /// <summary>The user's own models among those.</summary>
    public IReadOnlyList<ReportedModel> OwnModels { get; init; } = [];

    /// <summary>Whether people are told from the background in their boxes.</summary>
    public BodyMasks Masks { get; init; }

    /// <summary>Chooses the detectors and checks their options and models; they are loaded by the first worker.</summary>
    /// <exception cref="VeilException">Something of it cannot be found here; nothing is touched yet.</exception>
    public RegionFinder CreateFinder()
    {
        var find = string.Join(',', Kinds.Select(RegionKinds.NameOf));
        if (Kinds is [RegionKind.Image])
        {
            return new RegionFinder(() => new WholeFrame(), new Dictionary<string, string> { ["find"] = find }, [], []) { Points = FacePointState.AllKnown };
        }

        var uses = Choose();
        foreach (var use in uses)
        {
            use.Choice.Detector.EnsureUsable();
            use.Choice.Films?.Detector.EnsureUsable();
        }

        var finder = new RegionFinder(
            () => uses.Count == 1 ? Provider(uses[0]) : new CombinedRegions([.. uses.Select(Provider)]),
            new Dictionary<string, string>(uses.SelectMany(Report).DistinctBy(pair => pair.Key))
            {
                ["find"] = find,
                ["effort"] = RegionJson.NameOf(Options.Effort),
                ["smallest-face"] = Options.SmallestFace.ToString(CultureInfo.InvariantCulture),
                ["threshold"] = Options.Threshold?.ToString(CultureInfo.InvariantCulture) ?? "the detector's own",
            },
            [.. uses.SelectMany(use => use.Choice.Detector.Models.Concat(use.Choice.Films?.Detector.Models ?? [])).Distinct().SelectMany(id => UsedModels.Describe([id], Store)).Concat(OwnModels)],
            [.. uses.Select(use => use.Choice.Hint).OfType<string>().Distinct()]);
        return Masks == BodyMasks.WhereSure ? Masked(finder) : finder;

        IRegionProvider Provider(DetectorUse use) => use.Choice.Films is { } films ? new RegionsByMotion(() => With(use.Choice), () => With(films)) : With(use.Choice);

        DetectedRegions With(DetectorChoice choice) => new(choice.Detector.Create(Options));
    }

    /// <summary>The detector of one kind alone.</summary>
    /// <param name="kind">Need not be among <see cref="Kinds"/>.</param>
    /// <exception cref="VeilException">None can run here.</exception>
    public DetectorChoice DetectorOf(RegionKind kind)
    {
        var choice = Choose().FirstOrDefault(use => use.Kinds.Contains(kind))?.Choice ?? Default(kind);
        choice = choice with { Detector = choice.Detector.Only([kind]) };
        choice.Detector.EnsureUsable();
        foreach (var id in choice.Detector.Models)
        {
            Store.Require(ModelManifest.Find(id));
        }

        return choice;
    }

    private IReadOnlyList<DetectorUse> Choose()
    {
        if (Named.FirstOrDefault(detector => !detector.Kinds.Any(Kinds.Contains)) is { } idle)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption,
                $"Detector '{idle.Id}' finds {Names(idle.Kinds)}, but this run looks for {Names(Kinds)}.", "Name another detector, or add to --find what it finds.");
        }

        return DetectorUse.Divide(Kinds, Named, Default);

        static string Names(IEnumerable<RegionKind> kinds) => string.Join(", ", RegionKinds.InOrder(kinds).Select(RegionKinds.NameOf));
    }

    private DetectorChoice Default(RegionKind kind)
    {
        var onnx = Catalogues.Onnx(Store);
        return new DefaultDetectors(onnx, Catalogues.Detectors(onnx, Store, OwnDetectors), Store).For(kind, Options.Effort);
    }

    /// <summary>A finder that adds masks. Fails here, before any picture is touched, when the model cannot be used.</summary>
    private RegionFinder Masked(RegionFinder finder)
    {
        var segmenter = Catalogues.Segmenter(Store);
        if (!Kinds.Contains(segmenter.Kind))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"--masks is for {RegionKinds.NameOf(segmenter.Kind)}, which this run does not look for.", $"Add them: --find {RegionKinds.NameOf(segmenter.Kind)}");
        }

        segmenter.Create().Dispose();
        return finder with
        {
            CreateProvider = () => new SegmentedRegions(finder.CreateProvider(), segmenter),
            Options = new Dictionary<string, string>(finder.Options) { ["masks"] = segmenter.Id },
            Models = [.. finder.Models.Concat(UsedModels.Describe(segmenter.Models, Store)).Distinct()],
        };
    }

    private IEnumerable<KeyValuePair<string, string>> Report(DetectorUse use) =>
        use.Kinds.SelectMany(kind => new[]
        {
            KeyValuePair.Create(KindPrefix.Of(kind, Kinds) + "detector", use.Choice.Detector.Id),
            KeyValuePair.Create(KindPrefix.Of(kind, Kinds) + "detector-reason", use.Choice.Reason),
        }.Concat(ReportFilms(KindPrefix.Of(kind, Kinds), use.Choice.Films))).Concat(Tuning(use.Choice.Detector));

    private static IEnumerable<KeyValuePair<string, string>> ReportFilms(string prefix, DetectorChoice? films) =>
        films is null ? [] : [new(prefix + "detector.films", films.Detector.Id), new(prefix + "detector-reason.films", films.Reason)];

    /// <summary>Every setting of a detector and its parts.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Tuning(DetectorDescriptor detector) =>
        detector.Parts.DefaultIfEmpty(detector)
            .SelectMany(part => DetectorTuningBinder.Write(part).Select(pair => KeyValuePair.Create($"detector.{part.Id}.{pair.Key}", pair.Value)))
            .DistinctBy(pair => pair.Key);
}
