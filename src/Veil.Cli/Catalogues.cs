using Veil.Anonymization;
using Veil.Imaging;

namespace Veil.Cli;

/// <summary>What this program has to offer, put together from its parts. Lazy: a call that needs none pays for none.</summary>
internal static class Catalogues
{
    /// <summary>The methods.</summary>
    public static AnonymizerCatalog Methods { get; } = new(StickerFiles.Load);
}
