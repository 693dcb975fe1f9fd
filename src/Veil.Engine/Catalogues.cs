using Veil.Anonymization;
using Veil.Engine.Faces;
using Veil.Engine.People;
using Veil.Detection;
using Veil.Detection.Plates;
using Veil.Imaging;
using Veil.Onnx.Bodies;
using Veil.Onnx.Faces;
using Veil.Onnx.Generation;
using Veil.Onnx.Inpainting;
using Veil.Onnx.Models;
using Veil.Onnx.Text;
using Veil.TensorFlowLite.Bodies;
using Veil.TensorFlowLite.Faces;
using Veil.Vision;
using Veil.Vision.Faces;
using Veil.Vision.Plates;

namespace Veil.Engine;

/// <summary>What this program has to offer, put together from its parts. Nothing is loaded before it is used.</summary>
internal static class Catalogues
{
    /// <summary>What goes on around opening a bank of generated faces; nothing, unless a program sets it at its start.</summary>
    public static BankOpening BankOpening { get; set; } = static open => open(null, CancellationToken.None);

    /// <summary>The methods, with any model.</summary>
    public static AnonymizerCatalog Methods { get; } = MethodsWith(ModelStore.Default());

    /// <summary>The bank of generated faces on this machine.</summary>
    public static GeneratedBank Faces(ModelStore store) => new(store, open => BankOpening(open));

    /// <summary>The methods, with the models that a licence filter allows.</summary>
    /// <param name="store">Models.</param>
    /// <param name="own">Methods of a program's own; null for none.</param>
    public static AnonymizerCatalog MethodsWith(ModelStore store, IReadOnlyList<AnonymizerDescriptor>? own = null) => new(Engines(store), own);

    /// <summary>What methods take from outside the core, with the models that a licence filter allows.</summary>
    public static MethodEngines Engines(ModelStore store) => new()
    {
        Parser = SelfieParser.Loader(id => store.Read(ModelManifest.Find(id))),
        Poses = PoseEstimator.Loader(id => store.Read(ModelManifest.Find(id))),
        Stickers = StickerFiles.Load,
        MiGan = () => MiGanInpainter.Load(store).Fill,
        Telea = TeleaInpainting.Create,
        Orb = OrbKeypoints.Create,
        Gallery = () => Gallery(store),
        FaceInpainter = () => OnnxCropGenerator.FaceInpainter(store),
        OpenGenerator = OnnxCropGenerator.Open,
        GeneratedFaces = Faces(store).Open,
        GeneratedFaceModels = Faces(store).Allowed,
        GalleryModels = () => [.. Onnx(store).Default().Detector.Models, .. Landmarkers(store).Default.Models, FaceNetwork.Id],
    };

    /// <summary>The detectors that run in ONNX Runtime, with the models that a licence filter allows; they know which is the default.</summary>
    public static OnnxDetectors Onnx(ModelStore store) => new(store);

    /// <summary>All detectors.</summary>
    /// <param name="onnx">Those that run in ONNX Runtime.</param>
    /// <param name="store">Models for the others.</param>
    /// <param name="own">Detectors of a program's own; null for none.</param>
    public static DetectorCatalog Detectors(OnnxDetectors onnx, ModelStore store, IReadOnlyList<DetectorDescriptor>? own = null)
    {
        var bodies = EfficientDet.Describe(id => store.Read(ModelManifest.Find(id)));
        return new([.. onnx.All, Plates(onnx, store), onnx.PlatesYolo, .. VisionDetectors.List(id => store.Read(ModelManifest.Find(id))), bodies, YoloBody.Describe(store), HeadDetector.Describe(onnx.Default().Detector, bodies), .. own ?? []]);
    }

    /// <summary>Plates by their writing, and by OpenCV's cascade where that is installed.</summary>
    /// <param name="onnx">Has the detector of writing.</param>
    /// <param name="store">Models of the reader.</param>
    public static DetectorDescriptor Plates(OnnxDetectors onnx, ModelStore store) =>
        PlateDetection.Describe(onnx.Text, WritingReader.Describe(store), PlateDetectors.Describe(), () => PlateDetectors.ArePresent);

    /// <summary>The models for dense face points, with those that a licence filter allows; the default first.</summary>
    public static LandmarkerCatalog Landmarkers(ModelStore store) => new(
        MediaPipeLandmarker.Describe(id => store.Read(ModelManifest.Find(id))), DlibLandmarker.Describe(id => store.Read(ModelManifest.Find(id))));

    /// <summary>The models that tell which pixels of a person's box are the person.</summary>
    public static SegmenterDescriptor Segmenter(ModelStore store) => PoseSegmenter.Describe(id => store.Read(ModelManifest.Find(id)));

    private static GalleryReader Gallery(ModelStore store) =>
        new GalleryFolder(Onnx(store).Default().Detector, Landmarkers(store).Default, new GalleryPeople(store).Number).Open();
}
