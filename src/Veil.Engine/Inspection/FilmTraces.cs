using Veil.Imaging.Metadata;
using Veil.Video.Files;

namespace Veil.Engine.Inspection;

/// <summary>Sorts what a video file says by what it tells about somebody, as <c>inspect</c> does for pictures.</summary>
internal static class FilmTraces
{
    private const int LongestValue = 300;

    // The first word that a tag's name contains decides.
    private static readonly (string Word, TraceKind Kind, TraceSeverity Severity)[] Known =
    [
        ("location", TraceKind.Place, TraceSeverity.High), ("gps", TraceKind.Place, TraceSeverity.High), ("geo", TraceKind.Place, TraceSeverity.High),
        ("xyz", TraceKind.Place, TraceSeverity.High), ("city", TraceKind.Place, TraceSeverity.High), ("country", TraceKind.Place, TraceSeverity.Medium),
        ("serial", TraceKind.Device, TraceSeverity.High), ("make", TraceKind.Device, TraceSeverity.Medium), ("model", TraceKind.Device, TraceSeverity.Medium),
        ("camera", TraceKind.Device, TraceSeverity.Medium), ("device", TraceKind.Device, TraceSeverity.Medium), ("firmware", TraceKind.Device, TraceSeverity.Medium),
        ("handler", TraceKind.Device, TraceSeverity.Low), ("android.version", TraceKind.Device, TraceSeverity.Low), ("reel", TraceKind.Device, TraceSeverity.Low),
        ("date", TraceKind.Time, TraceSeverity.Medium), ("time", TraceKind.Time, TraceSeverity.Medium), ("year", TraceKind.Time, TraceSeverity.Low),
        ("artist", TraceKind.Name, TraceSeverity.High), ("author", TraceKind.Name, TraceSeverity.High), ("composer", TraceKind.Name, TraceSeverity.High),
        ("performer", TraceKind.Name, TraceSeverity.High), ("director", TraceKind.Name, TraceSeverity.High), ("producer", TraceKind.Name, TraceSeverity.High),
        ("actor", TraceKind.Name, TraceSeverity.High), ("owner", TraceKind.Name, TraceSeverity.High), ("publisher", TraceKind.Name, TraceSeverity.High),
        ("copyright", TraceKind.Name, TraceSeverity.High), ("encoded_by", TraceKind.Name, TraceSeverity.High),
        ("encoder", TraceKind.Software, TraceSeverity.Low), ("software", TraceKind.Software, TraceSeverity.Low), ("application", TraceKind.Software, TraceSeverity.Low),
        ("vendor_id", TraceKind.Software, TraceSeverity.Low), ("writing", TraceKind.Software, TraceSeverity.Low),
        ("title", TraceKind.Text, TraceSeverity.Medium), ("comment", TraceKind.Text, TraceSeverity.Medium), ("description", TraceKind.Text, TraceSeverity.Medium),
        ("synopsis", TraceKind.Text, TraceSeverity.Medium), ("keywords", TraceKind.Text, TraceSeverity.Medium), ("album", TraceKind.Text, TraceSeverity.Medium),
        ("genre", TraceKind.Text, TraceSeverity.Low), ("filename", TraceKind.Text, TraceSeverity.Medium), ("name", TraceKind.Text, TraceSeverity.Medium),
    ];

    /// <summary>The traces in a file, the gravest first.</summary>
    public static IReadOnlyList<MetadataTrace> Of(VideoContents contents) => [.. contents.Fields.Select(Trace).OrderByDescending(trace => trace.Severity)];

    private static MetadataTrace Trace(VideoField field)
    {
        var (kind, severity) = field.Kind switch
        {
            VideoFieldKind.Tag => Tag(field.Name),
            VideoFieldKind.Chapter => (TraceKind.Text, TraceSeverity.Medium),
            VideoFieldKind.Data => (TraceKind.Private, TraceSeverity.High),
            VideoFieldKind.Cover => (TraceKind.Thumbnail, TraceSeverity.High),
            VideoFieldKind.Attachment => (TraceKind.Private, TraceSeverity.High),
            VideoFieldKind.ClosedCaptions => (TraceKind.Text, TraceSeverity.Medium),
            _ => throw new InvalidOperationException($"Expected a known kind of field, but found {field.Kind}."),
        };
        return new MetadataTrace(kind, severity, Clean(field.Where), Clean(field.Name), Clean(field.Value));
    }

    private static (TraceKind Kind, TraceSeverity Severity) Tag(string name)
    {
        foreach (var (word, kind, severity) in Known)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return (kind, severity);
            }
        }

        return (TraceKind.Private, TraceSeverity.Medium);
    }

    private static string Clean(string text) => string.Concat((text.Length > LongestValue ? text[..LongestValue] : text).Select(one => char.IsControl(one) ? ' ' : one));
}
