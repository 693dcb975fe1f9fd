using Veil.Detection;
using Veil.Errors;
using Veil.Onnx.Decoders;
using Veil.Onnx.Models;
using Veil.Onnx.Text;
using Veil.Regions;

namespace Veil.Onnx.Faces;

/// <summary>
/// The detectors that run in ONNX Runtime, and which of them is the default. Detectors of one list share their models:
/// create one list per program, and one detector per worker from it. Thread-safe.
/// </summary>
public sealed class OnnxDetectors
{
    private readonly ModelStore _store;

    /// <summary>Creates the list; nothing is loaded yet.</summary>
    /// <param name="store">Where models are.</param>
    public OnnxDetectors(ModelStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        Text = new TextDetection(store).Describe();
        PlatesYolo = Listed("plates-yolo", "YOLOv8 nano for plates; AGPL-3.0, only where eng/agpl/install was called", model: "yolov8n-plates", kind: RegionKind.Plate);
        All =
        [
            Listed("yunet", "YuNet: the best accuracy for its cost, down to 8-pixel faces; MIT"),
            Listed("retinaface", "RetinaFace MobileNet 0.25: installed with Veil; its origin says non-commercial"),
            Listed("scrfd-2.5g", "SCRFD 2.5G: strong on large and turned faces; its origin says non-commercial"),
            Listed("scrfd-500m", "SCRFD 500M: the smaller one; its origin says non-commercial"),
            Listed("yolo-face", "YOLOv8 nano for faces; AGPL-3.0, only where eng/agpl/install was called", model: "yolov8n-face"),
            Text,
        ];
    }

    /// <summary>
    /// Plates by a network under the AGPL-3.0: only where the user installed it, and never the default, whatever else is there.
    /// </summary>
    public DetectorDescriptor PlatesYolo { get; }

    /// <summary>The detector of writing.</summary>
    public DetectorDescriptor Text { get; }

    /// <summary>All detectors, whether their model is present or not.</summary>
    public IReadOnlyList<DetectorDescriptor> All { get; }

    /// <summary>
    /// The best choice among the models that are present and allowed: YuNet when it was pulled or supplied, RetinaFace
    /// otherwise; with thorough effort these and SCRFD united.
    /// </summary>
    /// <param name="effort">How hard to look.</param>
    public DetectorChoice Default(DetectionEffort effort = DetectionEffort.Standard)
    {
        const string hint = "'veil models pull yunet' would find more small faces, under a free licence.";
        DetectorDescriptor[] present = [.. All.Where(detector => detector.Id is "yunet" or "retinaface" or "scrfd-2.5g" && IsUsable(detector))];
        var pullable = IsUsable(Named("yunet")) ? null : hint;
        if (effort == DetectionEffort.Thorough && present.Length > 1)
        {
            return new DetectorChoice(DetectorCatalog.Unite(present), "thorough: every good detector that is present, united", pullable);
        }

        return pullable is null
            ? new DetectorChoice(Named("yunet"), "YuNet is present, and finds more than RetinaFace at the same cost", null)
            : new DetectorChoice(Named("retinaface"), "RetinaFace is installed, YuNet is not", hint);
    }

    /// <summary>A detector for a model file that the user brings.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="layout">How its outputs are arranged; null recognises it by their shapes.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: missing, unreadable, or of no known layout.</exception>
    public static DetectorDescriptor FromFile(string path, FaceLayout? layout = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = Path.GetFileName(path);
        return Describe(name, $"Faces with {name}", [], () => ReadFile(path), layout);
    }

    private bool IsUsable(DetectorDescriptor detector) =>
        detector.Models.All(id => ModelManifest.Find(id) is var entry && _store.Has(entry) && _store.Allows(entry));

    private DetectorDescriptor Named(string id) => All.First(detector => detector.Id == id);

    private DetectorDescriptor Listed(string id, string summary, string? model = null, RegionKind kind = RegionKind.Face)
    {
        var entry = ModelManifest.Find(model ?? id);
        return Describe(id, summary, [entry.Id], () => _store.Read(entry), entry.Layout, kind);
    }

    private static DetectorDescriptor Describe(string id, string summary, IReadOnlyList<string> models, Func<byte[]> read, FaceLayout? layout, RegionKind kind = RegionKind.Face)
    {
        var shared = new SharedFaceModels(id, kind, read, layout);
        return new DetectorDescriptor(id, summary, [kind], models, shared.CreateDetector);
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(
                VeilErrorCode.InvalidModel, $"Expected an ONNX model at {path}, but it cannot be read: {failure.Message}", "Check the path given to --model.", failure);
        }
    }
}
