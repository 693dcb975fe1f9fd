using System.Globalization;
using Veil.Cli.Commands;
using Veil.Cli.Options;
using Veil.Detection;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Realism;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Onnx.Classification;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.TensorFlowLite.Bodies;

namespace Veil.Cli.Measuring;

/// <summary>What this program puts together to measure realism: detectors, points, networks, and how a folder is read.</summary>
internal sealed class RealismMeasuring : IDisposable
{
    /// <summary>The recognition network, whose threshold is known.</summary>
    private const string Recognition = "sface";

    // What one misses or takes for a face, another may not; the last two have no network and are for where only one is here.
    private static readonly string[] Networks = ["yunet", "retinaface", "scrfd-2.5g"];
    private static readonly string[] OtherFamilies = ["hog", "haar"];

    private readonly ResNet50 _backbone;
    private readonly KeptOcclusions _occlusions;

    /// <summary>Puts it together. Fails here, before any picture is read, when something is missing.</summary>
    /// <param name="store">Where models are.</param>
    /// <param name="occlusions">Whether what is in front of faces stays, for methods that leave it.</param>
    /// <exception cref="Errors.VeilException">A network, detector or model cannot be used.</exception>
    public RealismMeasuring(ModelStore store, KeptOcclusions occlusions)
    {
        var (recognition, models) = RecognitionNetworks.Load([Recognition], store);
        var onnx = Catalogues.Onnx(store);
        var usual = onnx.Default().Detector;
        var usable = Catalogues.Detectors(onnx, store).All.Where(detector => detector.Id != usual.Id && DefaultDetectors.WhyNot(detector, store) is null).ToList();
        var second = usable.Where(detector => Networks.Contains(detector.Id)).ToList();
        DetectorDescriptor[] detectors = [usual, .. second.Count > 0 ? second : usable.Where(detector => OtherFamilies.Contains(detector.Id)).Take(1)];
        var landmarker = Catalogues.Landmarkers(store).Default;
        landmarker.Create().Dispose();
        _backbone = ResNet50.Load(store, threads: 1);
        var backbone = UsedModels.Describe(ResNet50.ModelId, store);
        Settings = new RealismSettings
        {
            Detectors = [.. detectors.Select(detector => new ProbeDetector(detector.Id, () => detector.Create(new DetectorOptions())) { Identity = Hashes(detector.Models, store) })],
            Landmarker = new ProbeLandmarker(landmarker.Id, landmarker.Create) { Identity = Hashes(landmarker.Models, store) },
            Recognition = recognition[0],
            Features =
            [
                new FeatureNetwork(recognition[0].Id, recognition[0].Name, recognition[0].Sha256, FeatureView.Aligned, aligned => recognition[0].Embed(aligned)?.ToArray()),
                new FeatureNetwork("resnet50", "ResNet-50", backbone.Sha256, FeatureView.Crop, _backbone.Features),
            ],
        };
        _occlusions = occlusions;
        Folder = new RealismFolder(() => OccluderOption.Complete(FacesWithPoints(usual, landmarker), occlusions, store));
        string[] parser = occlusions == KeptOcclusions.On ? [SelfieParser.ModelId] : [];
        Models = [.. models, backbone, .. UsedModels.Describe([.. detectors.SelectMany(detector => detector.Models).Concat(landmarker.Models).Concat(parser).Distinct()], store)];
    }

    /// <summary>What finds faces and their dense points.</summary>
    public static IRegionProvider FacesWithPoints(DetectorDescriptor detector, LandmarkerDescriptor landmarker) =>
        new LandmarkedRegions(new DetectedRegions(detector.Create(new DetectorOptions())), landmarker);

    /// <summary>For the experiment.</summary>
    public RealismSettings Settings { get; }

    /// <summary>Reads pictures.</summary>
    public RealismFolder Folder { get; }

    /// <summary>Models of networks, detectors and points.</summary>
    public IReadOnlyList<ReportedModel> Models { get; }

    /// <summary>The models that take part when these treatments are measured.</summary>
    public IReadOnlyList<ReportedModel> ModelsFor(IReadOnlyList<Treatment> treatments, ModelStore store) =>
        [.. Models.Concat(EvaluateUtilityCommand.Models(treatments, store)).DistinctBy(model => model.Id)];

    /// <summary>What every unit of the journal depends on, beside what is in its key.</summary>
    public string Identity(IReadOnlyList<RealismPicture> pictures, MeasuredInput input) => string.Create(
        CultureInfo.InvariantCulture,
        $"realism {CodeStamp.Current} {CodeStamp.Of(typeof(ModelStore).Assembly)} {input.Sha256} {pictures.Sum(picture => picture.Faces.Count)} {_occlusions} {Settings.Seed}");

    public void Dispose() => _backbone.Dispose();

    private static string Hashes(IReadOnlyList<string> models, ModelStore store) => string.Join(' ', UsedModels.Describe(models, store).Select(model => model.Sha256));
}
