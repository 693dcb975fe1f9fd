using Veil.Anonymization.Methods;
using Veil.Errors;

namespace Veil.Anonymization;

/// <summary>Every method Veil has, and those that a program adds. A method of Veil's is one file and one line here.</summary>
public sealed class AnonymizerCatalog
{
    /// <summary>Lists the methods.</summary>
    /// <param name="engines">What methods need from outside the core; asked when a method that needs it is made.</param>
    /// <param name="own">Methods beside Veil's; null for none.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: two methods have the same id.</exception>
    public AnonymizerCatalog(MethodEngines engines, IReadOnlyList<AnonymizerDescriptor>? own = null)
    {
        ArgumentNullException.ThrowIfNull(engines);
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
            EyesAnonymizer.Describe(),
            EmojiAnonymizer.Describe(engines.Stickers),
            ImageAnonymizer.Describe(engines.Stickers),
            SwapAnonymizer.Describe(),
            KSameAnonymizer.Describe(engines.Gallery, engines.GalleryModels),
            SyntheticAnonymizer.Describe(engines),
            BlocksAnonymizer.Describe(engines),
            InpaintAnonymizer.Describe(engines),
            .. own ?? [],
        ];
        if (All.GroupBy(method => method.Id, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected one method '{twice.Key}', but received {twice.Count()}.", "Give your own method another id.");
        }
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
