using System.CommandLine;
using Veil.Anonymization;
using Veil.Cli.Options;
using Veil.Detection;
using Veil.Evaluation.Coco;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;
using Veil.TensorFlowLite.Bodies;

namespace Veil.Cli.Measuring;

/// <summary>What is to be measured against annotations.</summary>
/// <param name="Truth">The annotations.</param>
/// <param name="Treatments">The original first; empty for the original alone.</param>
/// <param name="Kinds">The kinds to anonymize, each by itself.</param>
/// <param name="Source">Where their regions come from.</param>
/// <param name="Folder">Keeps what was measured; null for nowhere.</param>
internal sealed record CocoRequest(
    FileInfo Truth, IReadOnlyList<Treatment> Treatments, Func<AnnotatedPictures, IReadOnlyList<RegionKind>> Kinds, DatasetRegions Source, DirectoryInfo? Folder)
{
    /// <summary>Told every folder with pictures before anything is written; throws where it must not be measured. Null allows all.</summary>
    public Action<DirectoryInfo>? Require { get; init; }
}

/// <summary>Everything that a measurement against annotations needs, loaded and open until it is disposed of.</summary>
internal sealed class CocoSession : IDisposable
{
    private readonly CocoTaskSettings _task;
    private readonly CocoRequest _request;
    private readonly AnnotatedPictures _pictures;
    private readonly IReadOnlyList<RegionKind> _kinds;
    private readonly Dictionary<RegionKind, string> _sources;
    private readonly RegionsToAnonymize _regions;
    private readonly IRegionDetector _detector;
    private readonly PoseEstimator? _network;
    private readonly MeasurementJournal _journal;
    private readonly string _name;

    private CocoSession(ParseResult parsed, CocoTaskSettings task, FindingOptions finding, CocoRequest request, AnnotatedPictures pictures, CancellationToken cancel)
    {
        var store = LicenceOption.ReadStore(parsed);
        (_task, _request, _pictures) = (task, request, pictures);
        var (choice, options) = finding.ReadDetector(parsed, task.Kind, [task.Kind]);
        _kinds = request.Kinds(pictures);
        var finders = _kinds.ToDictionary(kind => kind, kind => Finder(parsed, finding, pictures, kind, request, store));
        _sources = finders.ToDictionary(pair => pair.Key, pair => Source(pair.Value));
        _regions = new RegionsToAnonymize(kind => finders[kind].CreateProvider());
        _detector = choice.Detector.Create(options with { Threshold = task.LowestScore });
        _network = task.Load(store);
        _name = task.Name(choice.Detector);
        Inputs = Measured(request.Truth, pictures, cancel);
        IReadOnlyList<ReportedModel> models =
        [
            .. UsedModels.Describe([.. choice.Detector.Models.Concat(task.Models).Concat(request.Treatments.SelectMany(ModelsOf)).Distinct()], store),
            .. finders.Values.SelectMany(finder => finder.Models),
        ];
        Models = [.. models.Distinct()];
        _journal = request.Folder is null ? MeasurementJournal.InMemory()
            : MeasurementJournal.Open(Path.Combine(request.Folder.FullName, ReportOptions.Journal), Identity(task, Inputs, choice.Detector, options, store));
    }

    /// <summary>What is measured on.</summary>
    public IReadOnlyList<MeasuredInput> Inputs { get; }

    /// <summary>What takes part.</summary>
    public IReadOnlyList<ReportedModel> Models { get; }

    /// <summary>Loads everything.</summary>
    /// <exception cref="Errors.VeilException">The annotations, a model or a method cannot be used.</exception>
    public static CocoSession Open(ParseResult parsed, CocoTaskSettings task, FindingOptions finding, CocoRequest request, CancellationToken cancel)
    {
        var pictures = task.Open(request.Truth);
        try
        {
            if (request.Require is { } require)
            {
                foreach (var folder in pictures.Pictures.Select(picture => Path.GetDirectoryName(picture.File)!).Distinct(StringComparer.Ordinal))
                {
                    require(new DirectoryInfo(folder));
                }
            }

            return new CocoSession(parsed, task, finding, request, pictures, cancel);
        }
        catch
        {
            pictures.Dispose();
            throw;
        }
    }

    /// <summary>Measures, or takes what was measured before.</summary>
    public CocoResult Run(Func<string, PixelBuffer> decode, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var task = new CocoTask(_task.Protocol, _pictures.Pictures, decode, _task.Find(_pictures, _detector, _network));
        var comparison = _request.Treatments.Count == 0 ? CocoComparison.OriginalOnly : new CocoComparison(_kinds, _regions.Find, _request.Treatments) { Source = kind => _sources[kind] };
        return CocoExperiment.Run(task, comparison, _journal, progress, cancel);
    }

    /// <summary>The measurement's own report.</summary>
    public Report Report(CocoResult result, Provenance provenance) =>
        new CocoReport(_task.Title, $"{_task.What} by {_name}", [.. _task.Protocols, .. Explained(_kinds, _request.Source)]).Create(result, provenance);

    public void Dispose()
    {
        _journal.Dispose();
        _network?.Dispose();
        _detector.Dispose();
        _regions.Dispose();
        _pictures.Dispose();
    }

    private static IEnumerable<string> ModelsOf(Treatment treatment) => treatment.Method is { } method ? method.Models(treatment.Options!) : [];

    private static IReadOnlyList<MeasuredInput> Measured(FileInfo truth, AnnotatedPictures pictures, CancellationToken cancel)
    {
        var present = pictures.Pictures.Select(picture => picture.File).Where(File.Exists).ToList();
        return
        [
            MeasuredInput.Of(truth.DirectoryName!, pictures.Files, cancel),
            .. present.Count == 0 ? [] : new[] { MeasuredInput.Of(Path.GetDirectoryName(present[0])!, present, cancel) },
        ];
    }

    private static IEnumerable<string> Explained(IReadOnlyList<RegionKind> kinds, DatasetRegions source)
    {
        if (kinds.Count == 0)
        {
            yield break;
        }

        yield return source switch
        {
            DatasetRegions.Detect => "What is anonymized was found by the default detectors, or by those that the command names.",
            DatasetRegions.Matched => "What is anonymized was found, and is where somebody is annotated; annotated people who were not found are anonymized as annotated.",
            _ => "What is anonymized comes from the annotations: people's masks or boxes, faces and heads as far as eyes, nose and ears are annotated. People without are left as they are when faces or heads are anonymized.",
        };
        yield return "Each kind is anonymized by itself. The annotations stay as they are: what is measured is how well the network finds people in anonymized pictures as they were annotated in the originals.";
    }

    private static bool NeedsPoints(Treatment treatment) =>
        treatment.Method is { } method && (method.Needs.HasFlag(MethodNeeds.FacePoints) || treatment.Policy(RegionKind.Face).Shape == RegionShape.Face);

    /// <summary>Where the regions of a kind come from; with the dense points of faces where a method asks for them, as in a run.</summary>
    private static RegionFinder Finder(ParseResult parsed, FindingOptions finding, AnnotatedPictures pictures, RegionKind kind, CocoRequest request, ModelStore store)
    {
        var source = request.Source;
        var finder = source == DatasetRegions.Annotations ? new RegionFinder(() => pictures.Regions([kind]), new Dictionary<string, string>(), [], []) : finding.Read(parsed, [kind]);
        finder = source == DatasetRegions.Matched ? finder with { CreateProvider = Matched(finder) } : finder;
        finder = kind == RegionKind.Face && request.Treatments.Any(NeedsPoints) ? finder.WithFacePoints(Catalogues.Landmarkers(store).Default, store) : finder;
        return finder with { Options = new Dictionary<string, string>(finder.Options) { ["regions"] = RegionJson.NameOf(source) } };

        Func<IRegionProvider> Matched(RegionFinder found) => () => pictures.Matched(found.CreateProvider(), [kind]);
    }

    /// <summary>Stands for where the regions of a kind come from.</summary>
    private static string Source(RegionFinder finder) => string.Join(
        ' ', finder.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}").Concat(finder.Models.Select(model => model.Sha256)));

    /// <summary>Stands for everything that what is found depends on, but for picture, treatment, kind and regions, which are part of each unit's own key.</summary>
    private static string Identity(CocoTaskSettings task, IReadOnlyList<MeasuredInput> inputs, DetectorDescriptor detector, DetectorOptions options, ModelStore store)
    {
        var networks = UsedModels.Describe([.. detector.Models.Concat(task.Models).Distinct()], store).Select(model => model.Sha256);
        return string.Join(
            '\n',
            [
                CodeStamp.Current, CodeStamp.Of(typeof(ModelStore).Assembly, typeof(PoseEstimator).Assembly), task.What, .. inputs.Select(input => input.Sha256), detector.Id, options.ToString(),
                .. FindingRequest.Tuning(detector).Select(pair => $"{pair.Key}={pair.Value}"), .. networks,
            ]);
    }
}
