using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Imaging;

namespace Veil.Anonymization;

/// <summary>
/// Opens a picture to be laid over a region. The core decodes no files, so whoever has codecs supplies this.
/// </summary>
/// <param name="name">The name of an emoji, one of <see cref="EmojiAnonymizer.Faces"/> at least, or the path of a picture.</param>
/// <returns>An <see cref="PixelFormat.Rgba32"/> picture with straight alpha; the caller disposes it.</returns>
/// <exception cref="VeilException">There is no such picture; the message lists the names there are.</exception>
public delegate PixelBuffer StickerLoader(string name);

/// <summary>Every method Veil has. A method is one file and one line here.</summary>
public sealed class AnonymizerCatalog
{
    /// <summary>Lists the methods.</summary>
    /// <param name="loadSticker">Opens pictures for the methods that lay one over a region; called when such a method is made.</param>
    public AnonymizerCatalog(StickerLoader loadSticker)
    {
        ArgumentNullException.ThrowIfNull(loadSticker);
        All =
        [
            VeilAnonymizer.Describe(),
            SolidAnonymizer.Describe(),
            PixelateAnonymizer.Describe(),
            GaussianAnonymizer.Describe(),
            BoxAnonymizer.Describe(),
            MedianAnonymizer.Describe(),
            BilateralAnonymizer.Describe(),
            ClosingAnonymizer.Describe(),
            EmojiAnonymizer.Describe(loadSticker),
            ImageAnonymizer.Describe(loadSticker),
        ];
    }

    /// <summary>All methods, in the order in which they are shown.</summary>
    public IReadOnlyList<AnonymizerDescriptor> All { get; }

    /// <summary>The method of that name, in any case.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: unknown; the message lists the known ones.</exception>
    public AnonymizerDescriptor Find(string id) =>
        All.FirstOrDefault(method => string.Equals(method.Id, id, StringComparison.OrdinalIgnoreCase))
        ?? throw new VeilException(
            VeilErrorCode.InvalidOption,
            $"Expected a method out of {string.Join(", ", All.Select(method => method.Id))}, but received '{id}'.",
            "'veil methods' describes them.");

    /// <summary>The preset of that name, in any case, and its method.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: unknown; the message lists the known ones.</exception>
    public (AnonymizerDescriptor Method, MethodPreset Preset) FindPreset(string name)
    {
        foreach (var method in All)
        {
            foreach (var preset in method.Presets)
            {
                if (string.Equals(preset.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return (method, preset);
                }
            }
        }

        throw new VeilException(
            VeilErrorCode.InvalidOption,
            $"Expected a preset out of {string.Join(", ", All.SelectMany(method => method.Presets).Select(preset => preset.Name))}, but received '{name}'.",
            "'veil methods' describes them.");
    }
}
