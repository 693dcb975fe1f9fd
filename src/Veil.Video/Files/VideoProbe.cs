using System.Globalization;
using System.Text.Json;
using Veil.Errors;
using Veil.Video.Ffmpeg;

namespace Veil.Video.Files;

/// <summary>What a file holds, by ffprobe.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">ffmpeg's names of the container, with commas.</param>
/// <param name="Duration">Length; zero when unknown.</param>
/// <param name="Streams">All streams, in the file's order.</param>
/// <param name="Chapters">Titles of the chapters; empty for those without.</param>
internal sealed record VideoProbe(string Path, string Format, TimeSpan Duration, IReadOnlyList<ProbedStream> Streams, IReadOnlyList<string> Chapters)
{
    /// <summary>
    /// Containers that hold their own data. Playlists and session descriptions are not among them: they name other files and
    /// addresses, and opening one would fetch what nobody asked for.
    /// </summary>
    private const string Containers =
        "3dostr,asf,avi,dv,flv,h264,hevc,ivf,m4v,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mpeg,mpegts,mpegvideo,mxf,nut,obu,ogg,rm,wtv,yuv4mpegpipe,gxf,swf,vc1,av1";

    /// <summary>What every ffmpeg that opens an input is told: only this file, only these containers.</summary>
    public static IReadOnlyList<string> InputArguments(string path) =>
        ["-protocol_whitelist", "file", "-format_whitelist", Containers, "-i", "file:" + path];

    /// <summary>Which part of an input is read; stands before <see cref="InputArguments"/>.</summary>
    public static IReadOnlyList<string> PartArguments(VideoOptions options) =>
    [
        .. options.Start is { } start ? new[] { "-ss", Seconds(start) } : [],
        .. options.End is { } end ? new[] { "-to", Seconds(end) } : [],
    ];

    /// <summary>A time as ffmpeg reads it.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>The time at which the file begins.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>The stream that is anonymized: the first with moving pictures.</summary>
    public ProbedStream? Video => Streams.FirstOrDefault(stream => stream.Kind == StreamKind.Video);

    /// <summary>Probes a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="cancellationToken">Stops the process.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.NotAPicture"/>: no container that is read here; <see cref="VeilErrorCode.CorruptInput"/>.
    /// </exception>
    public static VideoProbe Read(string path, CancellationToken cancellationToken)
    {
        using var json = Ask(path, cancellationToken);
        return Parse(path, json.RootElement);
    }

    /// <summary>What ffprobe says about a file, in its own words.</summary>
    public static JsonDocument Ask(string path, CancellationToken cancellationToken)
    {
        using var process = FfmpegProcess.Start(
            FfmpegPrograms.Ffprobe, ["-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", .. InputArguments(path)]);
        process.Input.Close();
        using var output = new MemoryStream();
        process.Output.CopyToAsync(output, cancellationToken).GetAwaiter().GetResult();
        if (process.WaitForExit(cancellationToken) != 0)
        {
            throw new VeilException(VeilErrorCode.CorruptInput, $"The file cannot be read as a video: {process.Said}", "Check that it plays; copy it again if not.");
        }

        output.Position = 0;
        return JsonDocument.Parse(output);
    }

    /// <summary>Reads what <see cref="Ask"/> brought.</summary>
    public static VideoProbe Parse(string path, JsonElement root)
    {
        var format = root.GetProperty("format");
        return new VideoProbe(
            path,
            Text(format, "format_name"),
            Number(format, "duration") is > 0 and var seconds ? TimeSpan.FromSeconds(Math.Min(seconds, 1e9)) : TimeSpan.Zero,
            [.. root.GetProperty("streams").EnumerateArray().Select(Stream)],
            root.TryGetProperty("chapters", out var chapters) ? [.. chapters.EnumerateArray().Select(Title)] : [])
        {
            Start = TimeSpan.FromSeconds(Math.Clamp(Number(format, "start_time"), -1e9, 1e9)),
        };
    }

    private static string Title(JsonElement chapter) => chapter.TryGetProperty("tags", out var tags) ? Text(tags, "title") : "";

    private static ProbedStream Stream(JsonElement stream)
    {
        var dispositions = stream.TryGetProperty("disposition", out var all)
            ? all.EnumerateObject().Where(one => one.Value.GetInt32() != 0).Select(one => one.Name).ToArray()
            : [];
        var tags = stream.TryGetProperty("tags", out var found) ? found : default;
        return new ProbedStream((int)Number(stream, "index"), Kind(stream, dispositions), Text(stream, "codec_name"))
        {
            Language = Text(tags, "language"),
            Width = (int)Number(stream, "width"),
            Height = (int)Number(stream, "height"),
            Rotation = Rotation(stream),
            PixelFormat = Text(stream, "pix_fmt"),
            Colour = new ColourTags(
                Known(stream, "color_space"), Known(stream, "color_range"), Known(stream, "color_primaries"), Known(stream, "color_transfer"), Known(stream, "chroma_location")),
            FieldOrder = Known(stream, "field_order"),
            SampleAspect = Known(stream, "sample_aspect_ratio"),
            Frames = (long)Number(stream, "nb_frames"),
            FrameRate = Ratio(Text(stream, "avg_frame_rate")),
            FrameDuration = Ratio(Text(stream, "r_frame_rate")) > 0 && Text(stream, "r_frame_rate").Split('/') is [var frames, var per] ? $"{per}:{frames}" : "",
            TicksPerSecond = Text(stream, "time_base") is ['1', '/', .. var ticks] && long.TryParse(ticks, CultureInfo.InvariantCulture, out var perSecond) ? perSecond : 0,
            BitRate = (long)Number(stream, "bit_rate"),
            Dispositions = dispositions,
            MediaType = Text(tags, "mimetype"),
            FileName = Text(tags, "filename"),
        };
    }

    private static StreamKind Kind(JsonElement stream, string[] dispositions) => Text(stream, "codec_type") switch
    {
        "video" when dispositions.Contains("attached_pic") || dispositions.Contains("timed_thumbnails") => StreamKind.Cover,
        "video" => StreamKind.Video,
        "audio" => StreamKind.Audio,
        "subtitle" => StreamKind.Subtitle,
        "attachment" => StreamKind.Attachment,
        _ => StreamKind.Data,
    };

    private static int Rotation(JsonElement stream)
    {
        if (!stream.TryGetProperty("side_data_list", out var list))
        {
            return 0;
        }

        // ffprobe tells the turn that was made, counter-clockwise: the opposite shows it upright.
        var turned = list.EnumerateArray().Where(data => data.TryGetProperty("rotation", out _)).Select(data => Number(data, "rotation")).FirstOrDefault();
        return (int)Math.Round(((-turned % 360) + 360) % 360 / 90) * 90 % 360;
    }

    private static string Known(JsonElement parent, string name) => Text(parent, name) is "unknown" or "unspecified" or "N/A" ? "" : Text(parent, name);

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : value.GetRawText()
            : "";

    private static double Number(JsonElement parent, string name) =>
        double.TryParse(Text(parent, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Reads <c>30000/1001</c>; 0 for what is no fraction.</summary>
    public static double Ratio(string text) =>
        text.Split('/') is [var over, var under]
        && double.TryParse(over, NumberStyles.Float, CultureInfo.InvariantCulture, out var numerator)
        && double.TryParse(under, NumberStyles.Float, CultureInfo.InvariantCulture, out var denominator)
        && denominator > 0
            ? numerator / denominator
            : 0;
}
