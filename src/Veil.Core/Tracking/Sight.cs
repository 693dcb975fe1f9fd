using Veil.Regions;

namespace Veil.Tracking;

/// <summary>How a track's place in one frame is known.</summary>
internal enum SightKind
{
    /// <summary>A detector found it.</summary>
    Detected,

    /// <summary>The patch was followed from a neighbouring frame.</summary>
    Followed,

    /// <summary>It is where it was heading; nothing in the frame says so.</summary>
    Coasted,
}

/// <summary>A track's place in one frame.</summary>
/// <param name="Kind">How it is known.</param>
/// <param name="Box">Where, frame pixels.</param>
internal readonly record struct Sight(SightKind Kind, Box Box);
