using Veil.Anonymization;
using Veil.Imaging;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;

namespace Veil.Cli;

/// <summary>What this program has to offer, put together from its parts. Nothing is loaded before it is used.</summary>
internal static class Catalogues
{
    /// <summary>The methods.</summary>
    public static AnonymizerCatalog Methods { get; } = new(new MethodEngines { Stickers = StickerFiles.Load });

    /// <summary>The detectors, with the models that a licence filter allows.</summary>
    public static DetectorCatalog Detectors(ModelStore store) => new(store);
}
