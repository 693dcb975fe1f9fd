using System.ComponentModel.DataAnnotations;

namespace Veil.Tracking;

/// <summary>
/// How regions are carried from frame to frame. All lengths are in frames: whoever knows the rate converts. The defaults
/// suit 25 frames a second and cover more rather than less.
/// </summary>
public sealed record TrackingPolicy
{
    /// <summary>How many later frames are looked at before a frame is done: as far back a new region can be filled. 0..600; default 25.</summary>
    [Range(0, 600)]
    public int LookAhead { get; init; } = 25;

    /// <summary>Detect in every n-th frame, and follow in those between. 1..60; default 1.</summary>
    [Range(1, 60)]
    public int DetectEvery { get; init; } = 1;

    /// <summary>How long a region that is no longer detected is followed while it looks the same. 0..600; default 25.</summary>
    [Range(0, 600)]
    public int Hold { get; init; } = 25;

    /// <summary>How long a region that is neither detected nor followed stays covered where it was heading, before and after. 0..600; default 6.</summary>
    [Range(0, 600)]
    public int Coast { get; init; } = 6;

    /// <summary>Correlation from which on a followed patch counts as the same. 0..1; default 0.6.</summary>
    [Range(0.0, 1.0)]
    public float SameFrom { get; init; } = 0.6f;

    /// <summary>Over how many frames on each side boxes are smoothed; they always contain what was found. 0..30; default 2.</summary>
    [Range(0, 30)]
    public int Smoothing { get; init; } = 2;
}
