using Veil.Errors;
using Veil.Imaging.Metadata.Containers;
using Veil.Imaging.Metadata.Inspection;

namespace Veil.Imaging.Metadata;

/// <summary>
/// Finds everything beside the pixels of a picture file that can identify somebody. Reads the file's structure only, with
/// readers of its own that bound every number they meet; needs no native library. Thread-safe.
/// </summary>
public static class MetadataInspector
{
    /// <summary>The traces of a file, the gravest first; empty when there are none.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.NotAPicture"/>.</exception>
    public static IReadOnlyList<MetadataTrace> Inspect(ReadOnlySpan<byte> file)
    {
        var format = Picture.Sniff(file, PictureLimits.Default with { MaxFileBytes = int.MaxValue });
        var traces = new TraceList();
        foreach (var block in MetadataBlocks.Read(file, format))
        {
            Add(traces, block);
        }

        return traces.Traces;
    }

    private static void Add(TraceList traces, MetadataBlock block)
    {
        var (where, content) = (block.Where, block.Content);
        switch (block.Kind)
        {
            case BlockKind.Exif:
                ExifTraces.Add(traces, content, where);
                break;
            case BlockKind.Xmp or BlockKind.ExtendedXmp:
                XmpTraces.Add(traces, content, where + (block.Kind == BlockKind.ExtendedXmp ? " extended XMP" : " XMP"));
                break;
            case BlockKind.Photoshop:
                PhotoshopTraces.AddResources(traces, content, where);
                break;
            case BlockKind.Iptc:
                PhotoshopTraces.AddDatasets(traces, content, "IPTC");
                break;
            case BlockKind.Profile:
                ProfileTraces.Add(traces, content, where);
                break;
            case BlockKind.Time:
                traces.Add(TraceKind.Time, where, block.Name, PngTime(content));
                break;
            case BlockKind.Text:
                traces.Add(TextKind(block.Name), where, block.Name.Length > 0 ? block.Name : "text", TraceList.Text(content));
                break;
            case BlockKind.Picture:
                traces.Add(TraceKind.Thumbnail, where, block.Name.Length > 0 ? block.Name : "second picture", Describe(block));
                break;
            case BlockKind.Provenance:
                traces.Add(TraceKind.Provenance, where, block.Name, $"{block.Size} bytes");
                break;
            case BlockKind.Trailing:
                traces.Add(TraceKind.Trailing, where, "data", $"{block.Size} bytes: {TraceList.Text(content.AsSpan(0, Math.Min(content.Length, 40)))}");
                break;
            case BlockKind.Unknown:
                var kind = PictureSignature.IsIn(content) ? TraceKind.Thumbnail : TraceKind.Private;
                traces.Add(kind, where, block.Name.Length > 0 ? block.Name : "data", $"{block.Size} bytes");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block.Kind, "Expected a known kind of block.");
        }
    }

    private static string Describe(MetadataBlock block)
    {
        var size = PictureSignature.Size(block.Content) is { } found ? $"{found.Width}×{found.Height}, " : "";
        return block.Size == 0 ? "present" : $"{PictureSignature.At(block.Content)} {size}{block.Size} bytes".TrimStart();
    }

    // Keywords of PNG's text chunks (specification, 11.3.3.2).
    private static TraceKind TextKind(string keyword) => keyword switch
    {
        "Author" or "Copyright" or "Artist" => TraceKind.Name,
        "Creation Time" or "date:create" or "date:modify" or "date:timestamp" => TraceKind.Time,
        "Software" => TraceKind.Software,
        "Source" => TraceKind.Device,
        _ when keyword.StartsWith("exif:GPS", StringComparison.OrdinalIgnoreCase) => TraceKind.Place,
        _ => TraceKind.Text,
    };

    private static string PngTime(byte[] content) =>
        content.Length < 7 ? "" : $"{(content[0] << 8) | content[1]:D4}-{content[2]:D2}-{content[3]:D2} {content[4]:D2}:{content[5]:D2}:{content[6]:D2}";
}
