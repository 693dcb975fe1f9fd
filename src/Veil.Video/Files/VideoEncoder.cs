namespace Veil.Video.Files;

/// <summary>An encoder with its settings, as ffmpeg's arguments.</summary>
/// <param name="Name">ffmpeg's name.</param>
/// <param name="Arguments">Its settings.</param>
internal sealed record VideoEncoder(string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>The encoder of the source's codec family, at a quality near the source.</summary>
    /// <param name="codec">The source's codec.</param>
    /// <param name="options">What the user asks for.</param>
    public static VideoEncoder For(string codec, VideoOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var name = options.Encoder ?? codec switch
        {
            "hevc" => "libx265",
            "vp9" => "libvpx-vp9",
            "vp8" => "libvpx",
            "av1" => "libsvtav1",
            "mpeg4" or "msmpeg4v3" or "msmpeg4v2" => "mpeg4",
            "mpeg2video" => "mpeg2video",
            "mpeg1video" => "mpeg1video",
            "prores" => "prores_ks",
            "dnxhd" => "dnxhd",
            "mjpeg" => "mjpeg",
            "ffv1" => "ffv1",
            "theora" => "libtheora",
            "rawvideo" => "rawvideo",
            _ => "libx264",
        };
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        string[] quality = name switch
        {
            "libx264" => ["-crf", (options.Crf ?? 18).ToString(invariant), "-preset", options.Preset ?? "medium"],
            "libx265" => ["-crf", (options.Crf ?? 20).ToString(invariant), "-preset", options.Preset ?? "medium", "-x265-params", "log-level=error"],
            "libvpx-vp9" => ["-crf", (options.Crf ?? 24).ToString(invariant), "-b:v", "0", "-row-mt", "1", "-deadline", "good", "-cpu-used", options.Preset ?? "3"],
            "libvpx" => ["-crf", (options.Crf ?? 8).ToString(invariant), "-b:v", "8M", "-deadline", "good", "-cpu-used", options.Preset ?? "3"],
            "libsvtav1" => ["-crf", (options.Crf ?? 28).ToString(invariant), "-preset", options.Preset ?? "8"],
            "mpeg4" or "mpeg2video" or "mpeg1video" or "mjpeg" => ["-q:v", (options.Crf ?? 3).ToString(invariant)],
            "libtheora" => ["-q:v", (options.Crf ?? 8).ToString(invariant)],
            _ => [
                .. options.Crf is { } crf ? new[] { "-q:v", crf.ToString(invariant) } : [],
                .. options.Preset is { } preset ? new[] { "-preset", preset } : []],
        };
        return new VideoEncoder(name, quality);
    }
}
