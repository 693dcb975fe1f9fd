using Veil.Anonymization;
using Veil.Detection;
using Veil.Imaging;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;
using Veil.TensorFlowLite.Faces;
using Veil.Vision;

namespace Veil.Cli;

/// <summary>What this program has to offer, put together from its parts. Nothing is loaded before it is used.</summary>
internal static class Catalogues
{
    /// <summary>The methods.</summary>
    public static AnonymizerCatalog Methods { get; } = new(new MethodEngines
    {
        Stickers = StickerFiles.Load,
        Telea = TeleaInpainting.Create,
        Orb = OrbKeypoints.Create,
        Gallery = () => Gallery(ModelStore.Default()),
    });

    /// <summary>The models for dense face points, with those that a licence filter allows; the default first.</summary>
    public static LandmarkerCatalog Landmarkers(ModelStore store) => new(MediaPipeLandmarker.Describe(id => store.Read(ModelManifest.Find(id))));

    /// <summary>The detectors, with the models that a licence filter allows.</summary>
    public static DetectorCatalog Detectors(ModelStore store) => new(store);

    private static GalleryReader Gallery(ModelStore store) => new GalleryFolder(Detectors(store).Default().Detector, Landmarkers(store).Default).Open();
}
