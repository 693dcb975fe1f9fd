using Veil.Anonymization;
using Veil.Imaging;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;
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
    });

    /// <summary>The detectors, with the models that a licence filter allows.</summary>
    public static DetectorCatalog Detectors(ModelStore store) => new(store);
}
