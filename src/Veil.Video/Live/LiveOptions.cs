using System.ComponentModel.DataAnnotations;

namespace Veil.Video.Live;

/// <summary>How a live picture is treated.</summary>
public sealed record LiveOptions
{
    /// <summary>Time between a frame's arrival and its output: what comes later than this is covered whole. 0.04..10 s; default 0.3 s.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How often health is told. Default 5 s.</summary>
    public TimeSpan HealthEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait before the source is opened again after it ended or broke. Default 1 s, doubled up to 30 s while it fails.</summary>
    public TimeSpan ReconnectAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longer side to which larger pictures are scaled down on arrival, pixels; 0 keeps their size. 0..8192; default 1280.</summary>
    [Range(0, 8192)]
    public int LongestSide { get; init; } = 1280;

    /// <summary>Most frames a second; a faster source is thinned out. 1..240; default 30.</summary>
    [Range(1, 240)]
    public int FramesPerSecond { get; init; } = 30;
}
