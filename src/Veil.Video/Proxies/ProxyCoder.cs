using System.Globalization;
using Veil.Errors;
using Veil.Video.Ffmpeg;

namespace Veil.Video.Proxies;

/// <summary>With what proxies are coded: what every browser plays, fast to make, each frame decodable right after those before it.</summary>
internal static class ProxyCoder
{
    private const int RateOfNoMeaning = 25;

    // Which one plays everywhere comes first.
    private static readonly (string Name, string[] Settings)[] Known =
    [
        ("libx264", ["-preset", "veryfast", "-crf", "24", "-bf", "0", "-sc_threshold", "0"]),
        ("libvpx-vp9", ["-deadline", "realtime", "-cpu-used", "8", "-row-mt", "1", "-lag-in-frames", "0", "-auto-alt-ref", "0", "-crf", "34", "-b:v", "0"]),
    ];

    /// <summary>Makes frames follow each other at a steady rate: when each is shown is written by <see cref="ProxyFile"/>, exactly.</summary>
    public static string SteadyTimes { get; } = string.Create(CultureInfo.InvariantCulture, $"setpts=N/({RateOfNoMeaning}*TB)");

    /// <summary>What reads frames as they are from a pipe.</summary>
    /// <param name="size">Of the frames.</param>
    public static IReadOnlyList<string> PipeArguments(ProxySize size) =>
        ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}"), "-framerate", RateOfNoMeaning.ToString(CultureInfo.InvariantCulture), "-i", "pipe:0"];

    /// <summary>What writes an MP4 to a pipe, in which each frame is a fragment of its own.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: ffmpeg has no encoder for browsers.</exception>
    public static IReadOnlyList<string> OutputArguments()
    {
        var (name, settings) = Array.Find(Known, one => FfmpegEncoders.Has(one.Name));
        if (name is null)
        {
            throw new VeilException(
                VeilErrorCode.MissingNative, $"Playing films needs an ffmpeg with one of {string.Join(", ", Known.Select(one => one.Name))}, but this one has none.", "Install ffmpeg from your system's packages.");
        }

        var key = ProxySegments.KeyEvery.ToString(CultureInfo.InvariantCulture);
        return
        [
            "-an", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fps_mode", "passthrough", "-c:v", name, .. settings, "-g", key, "-keyint_min", key, "-pix_fmt", "yuv420p",
            "-video_track_timescale", ProxySegments.TicksPerSecond.ToString(CultureInfo.InvariantCulture), "-fflags", "+bitexact", "-flags:v", "+bitexact",
            "-movflags", "empty_moov+default_base_moof+frag_every_frame", "-f", "mp4", "pipe:1",
        ];
    }
}
