using System.ComponentModel.DataAnnotations;
using Veil.Pipeline;

namespace Veil.Video.Live;

/// <summary>How a live picture is treated.</summary>
public sealed record LiveOptions
{
    /// <summary>
    /// Time between a frame's arrival and its output: a frame whose regions are not known by then is covered whole.
    /// 0.04..10 s; default 0.3 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.040", "00:00:10")]
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How often health is told. 0.1 s..1 h; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan HealthEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait before a source or sink is opened again after it ended or broke. 0.01..30 s; default 1 s, doubled up to 30 s while it fails.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan ReconnectAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A source that was there and sends nothing for so long is opened again. 1 s..1 h; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SilentFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longer side to which larger pictures are scaled down on arrival, pixels; 0 keeps their size. 0..8192; default 1280.</summary>
    [Range(0, 8192)]
    public int LongestSide { get; init; } = 1280;

    /// <summary>Most frames a second; a faster source is thinned out. 1..240; default 30.</summary>
    [Range(1, 240)]
    public int FramesPerSecond { get; init; } = 30;

    /// <summary>What to do when a file to write is there already. Default: refuse.</summary>
    public OverwritePolicy Existing { get; init; } = OverwritePolicy.Refuse;
}
