using System.Globalization;
using Veil.Cli.Commands;
using Veil.Cli.Options;
using Veil.Detection;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.TensorFlowLite.Bodies;

namespace Veil.Cli.Measuring;

/// <summary>What this program puts together to measure privacy: networks, detectors, and how a folder of faces is read.</summary>
/// <param name="Settings">For <see cref="PrivacyExperiment.Run"/>.</param>
/// <param name="Folder">Reads faces.</param>
/// <param name="Models">Models of networks, detectors and points.</param>
/// <param name="Finder">Stands for what finds faces in photos: its id, settings and the hashes of its models.</param>
internal sealed record PrivacyMeasuring(PrivacySettings Settings, FaceFolder Folder, IReadOnlyList<ReportedModel> Models, string Finder)
{
    // Another family than the networks: what one of them misses, the other may find.
    private static readonly string[] OtherFamilies = ["hog", "haar"];

    /// <summary>Puts it together. Fails here, before any picture is read, when something is missing.</summary>
    /// <param name="store">Where models are.</param>
    /// <param name="networks">Networks that the user named; empty for all that are here.</param>
    /// <param name="treatments">What will be measured: some of it wants dense points.</param>
    /// <param name="occlusions">Whether what is in front of faces in photos stays, for methods that leave it.</param>
    /// <exception cref="Errors.VeilException">A network, detector or model cannot be used.</exception>
    public static PrivacyMeasuring Create(ModelStore store, IReadOnlyList<string> networks, IReadOnlyList<Treatment> treatments, KeptOcclusions occlusions = KeptOcclusions.Off)
    {
        var (loaded, models) = RecognitionNetworks.Load(networks, store);
        var onnx = Catalogues.Onnx(store);
        var usual = onnx.Default().Detector;
        var others = Catalogues.Detectors(onnx, store).All.Where(detector => OtherFamilies.Contains(detector.Id) && DefaultDetectors.WhyNot(detector, store) is null);
        DetectorDescriptor[] detectors = [usual, .. others.Take(1)];
        var landmarker = treatments.Any(PrivacyExperiment.WantsPoints) ? Catalogues.Landmarkers(store).Default : null;
        landmarker?.Create().Dispose();
        return new PrivacyMeasuring(
            new PrivacySettings
            {
                Networks = loaded,
                Detectors = [.. detectors.Select(detector => new ProbeDetector(detector.Id, () => detector.Create(new DetectorOptions())) { Identity = Hashes(detector.Models, store) })],
                Landmarker = landmarker is null ? "" : $"{landmarker.Id} {Hashes(landmarker.Models, store)}",
            },
            new FaceFolder(usual, landmarker) { Complete = regions => OccluderOption.Complete(regions, occlusions, store) },
            [.. models, .. UsedModels.Describe([.. detectors.SelectMany(detector => detector.Models).Concat(landmarker?.Models ?? []).Concat(occlusions == KeptOcclusions.On ? [SelfieParser.ModelId] : []).Distinct()], store)],
            string.Join(' ', [usual.Id, Hashes(usual.Models, store), $"occlusions={occlusions}", .. FindingRequest.Tuning(usual).Select(pair => $"{pair.Key}={pair.Value}")]));
    }

    private static string Hashes(IReadOnlyList<string> models, ModelStore store) => string.Join(' ', UsedModels.Describe(models, store).Select(model => model.Sha256));

    /// <summary>The models that take part when these treatments are measured.</summary>
    public IReadOnlyList<ReportedModel> ModelsFor(IReadOnlyList<Treatment> treatments, ModelStore store) =>
        [.. Models.Concat(EvaluateUtilityCommand.Models(treatments, store)).DistinctBy(model => model.Id)];

    /// <summary>What every unit of the journal depends on, beside what is in its key.</summary>
    public string Identity(FaceArchive archive, MeasuredInput input) => string.Create(
        CultureInfo.InvariantCulture,
        $"privacy {CodeStamp.Current} {CodeStamp.Of(typeof(ModelStore).Assembly)} {input.Sha256} {archive.Layout}{(archive.Layout == ArchiveLayout.Photos ? " " + Finder : "")} {archive.Faces.Count} {Settings.People} {Settings.Draws} {Settings.Seed}");
}
