using System.ComponentModel.DataAnnotations;

namespace Veil.Tracking;

/// <summary>
/// How regions are carried from frame to frame. All lengths are in frames; <see cref="AtRate"/> converts them. The defaults
/// suit 25 frames a second and cover more rather than less.
/// </summary>
public sealed record TrackingPolicy
{
    /// <summary>Seconds after which a shape no longer says where arms and legs are.</summary>
    private const double LongestReach = 0.09;

    /// <summary>How many later frames are looked at before a frame is done: as far back a new region can be filled. 0..600; default 25.</summary>
    [Range(0, 600)]
    public int LookAhead { get; init; } = 25;

    /// <summary>Detect in every n-th frame, and follow in those between. 1..60; default 2: as few tracks leak as with 1 at half the cost (docs/tracking.md).</summary>
    [Range(1, 60)]
    public int DetectEvery { get; init; } = 2;

    /// <summary>How long a region that is no longer detected is followed while it looks the same. 0..600; default 50: somebody who turns away or leaves the picture slowly is not found in every second.</summary>
    [Range(0, 600)]
    public int Hold { get; init; } = 50;

    /// <summary>How long a region that is neither detected nor followed stays covered where it was heading, before and after. 0..600; default 6.</summary>
    [Range(0, 600)]
    public int Coast { get; init; } = 6;

    /// <summary>Correlation from which on a followed patch counts as the same. 0..1; default 0.6.</summary>
    [Range(0.0, 1.0)]
    public float SameFrom { get; init; } = 0.6f;

    /// <summary>Over how many frames on each side boxes are smoothed; they always contain what was found. 0..30; default 2.</summary>
    [Range(0, 30)]
    public int Smoothing { get; init; } = 2;

    /// <summary>
    /// So many frames away a mask or outline still tells the shape; farther away the box has to do. 0..30; default 2, which at 25
    /// frames a second is less than a tenth of a second: in a longer time arms leave a shape.
    /// </summary>
    [Range(0, 30)]
    public int ShapeReach { get; init; } = 2;

    /// <summary>The rate at which the lengths are meant; 0 when they are frames whatever the rate. 0..1000; default 25.</summary>
    [Range(0.0, 1000.0)]
    public double FramesPerSecond { get; init; } = 25;

    /// <summary>
    /// The same lengths of time at another rate. The look-ahead never grows beyond what it is, since so many frames are kept in
    /// memory.
    /// </summary>
    /// <param name="framesPerSecond">The film's rate; 0 where it is not known.</param>
    public TrackingPolicy AtRate(double framesPerSecond)
    {
        var near = framesPerSecond > 0 ? Math.Min(ShapeReach, (int)(framesPerSecond * LongestReach)) : 0;
        if (FramesPerSecond <= 0 || !(framesPerSecond > 0))
        {
            return this with { ShapeReach = near };
        }

        var ratio = Math.Clamp(framesPerSecond / FramesPerSecond, 0.2, 8);
        return this with
        {
            ShapeReach = near, LookAhead = Math.Min(LookAhead, Scaled(LookAhead)), Hold = Scaled(Hold), Coast = Scaled(Coast), FramesPerSecond = framesPerSecond,
        };

        int Scaled(int frames) => Math.Min(600, (int)Math.Ceiling(frames * ratio));
    }
}
