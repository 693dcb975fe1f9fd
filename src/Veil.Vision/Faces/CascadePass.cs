namespace Veil.Vision.Faces;

/// <summary>One look at a picture with one cascade.</summary>
/// <param name="File">The cascade.</param>
/// <param name="Mirrored">Whether at its mirror image: profiles are trained one way.</param>
/// <param name="Scale">Its scores on the common scale.</param>
internal sealed record CascadePass(string File, bool Mirrored, LogisticScale Scale)
{
    /// <summary>The looks that make up a choice.</summary>
    public static IReadOnlyList<CascadePass> Of(HaarCascade cascade) => cascade switch
    {
        HaarCascade.FrontalDefault => [Frontal("haarcascade_frontalface_default.xml", new(5, 2))],
        HaarCascade.FrontalAlt => [Frontal("haarcascade_frontalface_alt.xml", new(5, 2))],
        HaarCascade.FrontalAlt2 => [Frontal("haarcascade_frontalface_alt2.xml", new(5, 2))],
        HaarCascade.FrontalAltTree => [Frontal("haarcascade_frontalface_alt_tree.xml", new(5, 2))],
        HaarCascade.LbpFrontal => [Frontal("lbpcascade_frontalface.xml", new(5, 2))],
        HaarCascade.LbpFrontalImproved => [Frontal("lbpcascade_frontalface_improved.xml", new(5, 2))],
        HaarCascade.Profile => Profile("haarcascade_profileface.xml", new(5, 2)),
        HaarCascade.LbpProfile => Profile("lbpcascade_profileface.xml", new(5, 2)),
        HaarCascade.FrontalAndProfile => [.. Of(HaarCascade.FrontalDefault), .. Of(HaarCascade.Profile)],
        HaarCascade.FrontalAlt2AndProfile => [.. Of(HaarCascade.FrontalAlt2), .. Of(HaarCascade.Profile)],
        HaarCascade.LbpFrontalAndProfile => [.. Of(HaarCascade.LbpFrontalImproved), .. Of(HaarCascade.LbpProfile)],
        _ => throw new ArgumentOutOfRangeException(nameof(cascade), cascade, "Expected a known cascade."),
    };

    private static CascadePass Frontal(string file, LogisticScale scale) => new(file, false, scale);

    private static IReadOnlyList<CascadePass> Profile(string file, LogisticScale scale) => [new(file, false, scale), new(file, true, scale)];
}
