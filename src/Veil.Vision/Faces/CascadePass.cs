namespace Veil.Vision.Faces;

/// <summary>
/// One look at a picture with one cascade. A window passes its last stage from a threshold on: that is the pivot, so all that
/// a cascade finds is above the default threshold of 0.45. Five neighbours, OpenCV's usual setting, already keep it below one
/// false positive per picture (0.79 for <see cref="HaarCascade.FrontalDefault"/>); how many neighbours is what to turn.
/// </summary>
/// <param name="File">The cascade.</param>
/// <param name="Mirrored">Whether at its mirror image: profiles are trained one way.</param>
/// <param name="Scale">Its scores on the common scale.</param>
internal sealed record CascadePass(string File, bool Mirrored, LogisticScale Scale)
{
    /// <summary>The looks that make up a choice.</summary>
    public static IReadOnlyList<CascadePass> Of(HaarCascade cascade) => cascade switch
    {
        HaarCascade.FrontalDefault => [Frontal("haarcascade_frontalface_default.xml", new(-2.99f, 6))],
        HaarCascade.FrontalAlt => [Frontal("haarcascade_frontalface_alt.xml", new(105.8f, 2))],
        HaarCascade.FrontalAlt2 => [Frontal("haarcascade_frontalface_alt2.xml", new(53.8f, 2))],
        HaarCascade.FrontalAltTree => [Frontal("haarcascade_frontalface_alt_tree.xml", new(-1.17f, 3))],
        HaarCascade.LbpFrontal => [Frontal("lbpcascade_frontalface.xml", new(-0.76f, 3))],
        HaarCascade.LbpFrontalImproved => [Frontal("lbpcascade_frontalface_improved.xml", new(1.9f, 1))],
        HaarCascade.Profile => Profile("haarcascade_profileface.xml", new(-1.27f, 3)),
        HaarCascade.LbpProfile => Profile("lbpcascade_profileface.xml", new(-0.78f, 3)),
        HaarCascade.FrontalAndProfile => [.. Of(HaarCascade.FrontalDefault), .. Of(HaarCascade.Profile)],
        HaarCascade.FrontalAlt2AndProfile => [.. Of(HaarCascade.FrontalAlt2), .. Of(HaarCascade.Profile)],
        HaarCascade.LbpFrontalAndProfile => [.. Of(HaarCascade.LbpFrontalImproved), .. Of(HaarCascade.LbpProfile)],
        _ => throw new ArgumentOutOfRangeException(nameof(cascade), cascade, "Expected a known cascade."),
    };

    private static CascadePass Frontal(string file, LogisticScale scale) => new(file, false, scale);

    private static IReadOnlyList<CascadePass> Profile(string file, LogisticScale scale) => [new(file, false, scale), new(file, true, scale)];
}
