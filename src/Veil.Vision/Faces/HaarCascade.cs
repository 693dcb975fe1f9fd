namespace Veil.Vision.Faces;

/// <summary>The face cascades that OpenCV brings, and unions of them. Those for profiles look both ways.</summary>
public enum HaarCascade
{
    /// <summary>haarcascade_frontalface_default.xml, which tutorials use.</summary>
    FrontalDefault,

    /// <summary>haarcascade_frontalface_alt.xml.</summary>
    FrontalAlt,

    /// <summary>haarcascade_frontalface_alt2.xml.</summary>
    FrontalAlt2,

    /// <summary>haarcascade_frontalface_alt_tree.xml: few false alarms, many misses.</summary>
    FrontalAltTree,

    /// <summary>haarcascade_profileface.xml, as it is and mirrored.</summary>
    Profile,

    /// <summary>lbpcascade_frontalface.xml: local binary patterns, the fastest.</summary>
    LbpFrontal,

    /// <summary>lbpcascade_frontalface_improved.xml.</summary>
    LbpFrontalImproved,

    /// <summary>lbpcascade_profileface.xml, as it is and mirrored.</summary>
    LbpProfile,

    /// <summary><see cref="FrontalDefault"/> and <see cref="Profile"/>.</summary>
    FrontalAndProfile,

    /// <summary><see cref="FrontalAlt2"/> and <see cref="Profile"/>.</summary>
    FrontalAlt2AndProfile,

    /// <summary><see cref="LbpFrontalImproved"/> and <see cref="LbpProfile"/>.</summary>
    LbpFrontalAndProfile,
}
