using System.Globalization;
using Veil.Video.Ffmpeg;

namespace Veil.Video.Files;

/// <summary>An encoder with its settings, as ffmpeg's arguments.</summary>
/// <param name="Name">ffmpeg's name.</param>
/// <param name="Arguments">Its settings.</param>
internal sealed record VideoEncoder(string Name, IReadOnlyList<string> Arguments)
{
    // What stands first is chosen where ffmpeg has it.
    private static readonly Dictionary<string, string[]> Families = new(StringComparer.Ordinal)
    {
        ["hevc"] = ["libx265"], ["vp9"] = ["libvpx-vp9"], ["vp8"] = ["libvpx"], ["av1"] = ["libsvtav1", "libaom-av1"],
        ["mpeg4"] = ["mpeg4"], ["msmpeg4v3"] = ["mpeg4"], ["msmpeg4v2"] = ["mpeg4"], ["mpeg2video"] = ["mpeg2video"], ["mpeg1video"] = ["mpeg1video"],
        ["prores"] = ["prores_ks"], ["dnxhd"] = ["dnxhd"], ["mjpeg"] = ["mjpeg"], ["theora"] = ["libtheora"], ["wmv1"] = ["wmv2"], ["wmv2"] = ["wmv2"], ["flv1"] = ["flv"],
        ["ffv1"] = ["ffv1"], ["huffyuv"] = ["huffyuv"], ["ffvhuff"] = ["ffvhuff"], ["utvideo"] = ["utvideo"], ["rawvideo"] = ["rawvideo"],
    };

    /// <summary>The encoder of the source's codec family, or of what a container takes, at a quality near the source.</summary>
    /// <param name="codec">The source's codec.</param>
    /// <param name="pixelFormat">Of the frames, by ffmpeg's name.</param>
    /// <param name="muxer">ffmpeg's name of the container's writer.</param>
    /// <param name="options">What the user asks for.</param>
    /// <param name="hdr">What HDR10 says about the film; null for none.</param>
    public static VideoEncoder For(string codec, string pixelFormat, string muxer, VideoOptions options, StaticHdr? hdr)
    {
        ArgumentNullException.ThrowIfNull(options);
        var name = options.Encoder ?? Choose(codec, pixelFormat, muxer);
        return new VideoEncoder(name, Settings(name, options, hdr));
    }

    /// <summary>True for encoders that are told what HDR10 says about a film.</summary>
    public static bool TakesHdr(string name) => name == "libx265";

    /// <summary>An encoder's settings, as ffmpeg's arguments.</summary>
    /// <param name="name">ffmpeg's name.</param>
    /// <param name="options">What the user asks for.</param>
    /// <param name="hdr">What HDR10 says about the film; null for none.</param>
    public static IReadOnlyList<string> Settings(string name, VideoOptions options, StaticHdr? hdr = null)
    {
        var invariant = CultureInfo.InvariantCulture;
        return name switch
        {
            "libx264" or "libx264rgb" => ["-crf", (options.Crf ?? 18).ToString(invariant), "-preset", options.Preset ?? "medium"],
            "libx265" => ["-crf", (options.Crf ?? 20).ToString(invariant), "-preset", options.Preset ?? "medium", "-x265-params", string.Join(':', ["log-level=error", "info=0", .. hdr?.X265Parameters() ?? []])],
            "libvpx-vp9" => ["-crf", (options.Crf ?? 24).ToString(invariant), "-b:v", "0", "-row-mt", "1", "-deadline", "good", "-cpu-used", options.Preset ?? "3"],
            "libvpx" => ["-crf", (options.Crf ?? 8).ToString(invariant), "-b:v", "8M", "-deadline", "good", "-cpu-used", options.Preset ?? "3"],
            "libsvtav1" => ["-crf", (options.Crf ?? 28).ToString(invariant), "-preset", options.Preset ?? "8"],
            "libaom-av1" => ["-crf", (options.Crf ?? 28).ToString(invariant), "-b:v", "0", "-row-mt", "1", "-cpu-used", options.Preset ?? "6"],
            "mpeg4" or "mpeg2video" or "mpeg1video" or "mjpeg" or "wmv2" or "flv" => ["-q:v", (options.Crf ?? 3).ToString(invariant)],
            "libtheora" => ["-q:v", (options.Crf ?? 8).ToString(invariant)],
            _ when name.EndsWith("_nvenc", StringComparison.Ordinal) => ["-rc", "vbr", "-cq", (options.Crf ?? 20).ToString(invariant), "-b:v", "0", .. Preset(options)],
            _ => [.. options.Crf is { } crf ? new[] { "-q:v", crf.ToString(invariant) } : [], .. Preset(options)],
        };
    }

    private static string[] Preset(VideoOptions options) => options.Preset is { } preset ? ["-preset", preset] : [];

    private static string Choose(string codec, string pixelFormat, string muxer)
    {
        string[] known = Families.GetValueOrDefault(codec, []);
        if (muxer == "webm" && codec is not ("vp8" or "vp9" or "av1"))
        {
            known = ["libvpx-vp9"];
        }
        else if (muxer is "mp4" or "3gp" && known is ["ffv1" or "huffyuv" or "ffvhuff" or "utvideo" or "rawvideo" or "prores_ks" or "dnxhd" or "wmv2" or "flv" or "libtheora"])
        {
            known = [];
        }

        return Array.Find(known, FfmpegEncoders.Has) ?? (pixelFormat is "gbrp" ? "libx264rgb" : "libx264");
    }
}
