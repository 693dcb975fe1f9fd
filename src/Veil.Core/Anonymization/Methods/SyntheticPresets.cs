using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>
/// What Hukkelås and Lindseth, Does Image Anonymization Impact Computer Vision Training?, 2023, did to faces, with Veil's own
/// network in the place of theirs: the tight box is painted, and seen in a square of 1.7 times its longer side.
/// </summary>
internal static class SyntheticPresets
{
    private const string Source = "DeepPrivacy2, realistic faces in the tight box, painted by Veil's network";
    private static readonly SyntheticOptions Painted = new() { Engine = SyntheticEngine.Inpainter };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MethodPreset> All { get; } =
    [
        Preset("synthetic-face", "a latent for each person", Painted),
        Preset("synthetic-face-single-mode", "the mean latent for all", Painted with { Sampling = LatentSampling.SingleMode }),
        Preset("synthetic-face-multi-mode", "one of a few latents for each person", Painted with { Sampling = LatentSampling.MultiMode }),
        Preset("synthetic-face-adhoc", "ad-hoc histogram match", Painted with { Histogram = HistogramMatching.AdHoc }),
        Preset("synthetic-face-latent", "histogram match by latent optimisation", Painted with { Histogram = HistogramMatching.Latent }),
    ];

    private static MethodPreset Preset(string name, string what, SyntheticOptions options) => new("deepprivacy2/" + name, $"{Source}: {what}", options)
    {
        Policy = new RegionPolicy { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 },
    };
}
