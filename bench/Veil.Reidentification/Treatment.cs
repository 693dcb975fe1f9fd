using System.Globalization;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Reidentification;

/// <summary>One row of the table: a method at a strength, with options as on the command line.</summary>
internal sealed record Treatment(string Method, string Options)
{
    public string Name => $"{Method} {Options} {(Coverage is { } policy ? string.Create(CultureInfo.InvariantCulture, $"--shape {RegionJson.NameOf(policy.Shape)} --growth {policy.Growth}") : "")}".TrimEnd();

    /// <summary>What is covered of the crop; null for all of it, or for the part that the method is made for.</summary>
    public RegionPolicy? Coverage { get; init; }

    /// <summary>
    /// Makes the method. All pictures share its seed: what differs between results then comes from the faces alone, which
    /// is the worst case.
    /// </summary>
    public IAnonymizer Create(AnonymizerCatalog catalog)
    {
        var method = catalog.Find(Method);
        var pairs = Options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option =>
        {
            var at = option.IndexOf('=', StringComparison.Ordinal);
            return KeyValuePair.Create(option[..at], option[(at + 1)..]);
        });
        return method.Create(MethodOptionsBinder.Bind(method, pairs));
    }

    /// <summary>No sticker takes part: a picture laid over a face is known not to depend on it.</summary>
    public static PixelBuffer NoSticker(string name) =>
        throw new VeilException(VeilErrorCode.InvalidOption, $"Expected a method without stickers, but received '{name}'.");
}
