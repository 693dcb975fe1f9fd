using Veil.Anonymization;
using Veil.Imaging;
using Veil.Onnx.Faces;
using Veil.Onnx.Inpainting;
using Veil.Onnx.Models;
using Veil.Vision;

namespace Veil.Cli;

/// <summary>What this program has to offer, put together from its parts. Nothing is loaded before it is used.</summary>
internal static class Catalogues
{
    /// <summary>The methods, with any model.</summary>
    public static AnonymizerCatalog Methods { get; } = MethodsWith(ModelStore.Default());

    /// <summary>The methods, with the models that a licence filter allows.</summary>
    public static AnonymizerCatalog MethodsWith(ModelStore store) => new(new MethodEngines
    {
        Stickers = StickerFiles.Load,
        MiGan = () => MiGanInpainter.Load(store).Fill,
        Telea = TeleaInpainting.Create,
        Orb = OrbKeypoints.Create,
    });

    /// <summary>The detectors, with the models that a licence filter allows.</summary>
    public static DetectorCatalog Detectors(ModelStore store) => new(store);
}
