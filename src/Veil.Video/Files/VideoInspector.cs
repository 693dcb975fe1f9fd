using System.Globalization;
using System.Text.Json;
using Veil.Errors;

namespace Veil.Video.Files;

/// <summary>Looks into a video file without decoding it. What ffprobe does not know, e.g. a maker's own boxes in MP4, it does not see. Thread-safe.</summary>
public static class VideoInspector
{
    // What the container says about itself; it tells nothing about anybody.
    private static readonly HashSet<string> Structure = new(StringComparer.OrdinalIgnoreCase)
    {
        "major_brand", "minor_version", "compatible_brands", "language", "duration", "bps", "number_of_frames", "number_of_bytes", "variant_bitrate", "mimetype", "rotate",
        "alpha_mode", "stereo_mode", "is_interlaced", "deviceconformancetemplate", "wm/wmadrcpeakreference", "wm/wmadrcaveragereference", "wmfsdkneeded",
    };

    private static readonly HashSet<string> UsualHandlers = new(StringComparer.Ordinal) { "VideoHandler", "SoundHandler", "SubtitleHandler", "DataHandler", "GPAC ISO Video Handler" };

    /// <summary>Lists what a file holds.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="cancellationToken">Stops the process.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.CorruptInput"/>, <see cref="VeilErrorCode.MissingNative"/>.</exception>
    public static VideoContents Inspect(string path, CancellationToken cancellationToken)
    {
        using var json = VideoProbe.Ask(path, cancellationToken);
        var probe = VideoProbe.Parse(path, json.RootElement);
        var streams = json.RootElement.GetProperty("streams").EnumerateArray().ToList();
        var fields = Tags(json.RootElement.GetProperty("format"), "file").ToList();
        for (var i = 0; i < streams.Count; i++)
        {
            var (stream, where) = (probe.Streams[i], string.Create(CultureInfo.InvariantCulture, $"{Word(probe.Streams[i].Kind)} {probe.Streams[i].Index}"));
            var kind = stream.Kind switch
            {
                StreamKind.Data => VideoFieldKind.Data,
                StreamKind.Cover => VideoFieldKind.Cover,
                StreamKind.Attachment when !stream.IsFont => VideoFieldKind.Attachment,
                _ => (VideoFieldKind?)null,
            };
            if (kind is { } notable)
            {
                fields.Add(new VideoField(notable, where, Codec(streams[i]), stream.Width > 0 ? string.Create(CultureInfo.InvariantCulture, $"{stream.Width}×{stream.Height}") : stream.MediaType));
            }

            if (streams[i].TryGetProperty("closed_captions", out var captions) && captions.GetRawText() == "1")
            {
                fields.Add(new VideoField(VideoFieldKind.ClosedCaptions, where, "closed captions", ""));
            }

            fields.AddRange(Tags(streams[i], where).Where(field => !(stream.IsFont && field.Name.Equals("filename", StringComparison.OrdinalIgnoreCase))));
        }

        fields.AddRange(probe.Chapters.Select((title, index) => (title, index)).Where(chapter => chapter.title.Length > 0)
            .Select(chapter => new VideoField(VideoFieldKind.Chapter, string.Create(CultureInfo.InvariantCulture, $"chapter {chapter.index}"), "title", chapter.title)));
        return new VideoContents(probe.Format, fields);
    }

    private static IEnumerable<VideoField> Tags(JsonElement parent, string where) => parent.TryGetProperty("tags", out var tags)
        ? tags.EnumerateObject()
            .Select(tag => new VideoField(VideoFieldKind.Tag, where, tag.Name, tag.Value.ValueKind == JsonValueKind.String ? tag.Value.GetString()! : tag.Value.GetRawText()))
            .Where(tag => !IsStructure(tag))
        : [];

    private static bool IsStructure(VideoField tag) => Structure.Contains(tag.Name)
        || tag.Name.StartsWith("_STATISTICS_", StringComparison.OrdinalIgnoreCase)
        || (tag.Name.Equals("handler_name", StringComparison.OrdinalIgnoreCase) && UsualHandlers.Contains(tag.Value))
        || (tag.Name.Equals("vendor_id", StringComparison.OrdinalIgnoreCase) && tag.Value is "[0][0][0][0]" or "FFMP")

        // Of ffmpeg's encoders without a version: as many have it as there are films.
        || (tag.Name.Equals("encoder", StringComparison.OrdinalIgnoreCase) && tag.Value.StartsWith("Lavc lib", StringComparison.Ordinal));

    private static string Codec(JsonElement stream) => Text(stream, "codec_name") ?? Text(stream, "codec_tag_string") ?? "unknown";

    private static string? Text(JsonElement stream, string name) => stream.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private static string Word(StreamKind kind) => kind switch
    {
        StreamKind.Video => "video",
        StreamKind.Cover => "cover",
        StreamKind.Audio => "audio",
        StreamKind.Subtitle => "subtitle",
        StreamKind.Attachment => "attachment",
        StreamKind.Data => "data",
        _ => throw new InvalidOperationException($"Expected a known kind of stream, but found {kind}."),
    };
}
