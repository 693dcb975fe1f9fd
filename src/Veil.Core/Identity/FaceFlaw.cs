namespace Veil.Identity;

/// <summary>Why nothing can be said about whose face it is.</summary>
public enum FaceFlaw
{
    /// <summary>Nothing is wrong with it.</summary>
    None,

    /// <summary>No face but a head, body or something else.</summary>
    NoFace,

    /// <summary>The detector gave no five points.</summary>
    NoLandmarks,

    /// <summary>The five points are not where a face has them, or the head is turned too far.</summary>
    Turned,

    /// <summary>Too few pixels.</summary>
    TooSmall,

    /// <summary>It reaches over the picture's border.</summary>
    CutOff,

    /// <summary>Too blurred.</summary>
    Blurred,

    /// <summary>The network gave a vector without direction.</summary>
    NoDirection,
}
