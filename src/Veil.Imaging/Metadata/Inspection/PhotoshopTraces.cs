using System.Buffers.Binary;

namespace Veil.Imaging.Metadata.Inspection;

/// <summary>What Photoshop's resources and IPTC datasets tell.</summary>
internal static class PhotoshopTraces
{
    private static readonly Dictionary<int, (TraceKind Kind, string Name)> Datasets = new()
    {
        [5] = (TraceKind.Text, "ObjectName"), [7] = (TraceKind.Text, "EditStatus"), [12] = (TraceKind.Text, "SubjectReference"), [15] = (TraceKind.Text, "Category"),
        [20] = (TraceKind.Text, "SupplementalCategory"), [22] = (TraceKind.Private, "FixtureIdentifier"), [25] = (TraceKind.Text, "Keywords"),
        [26] = (TraceKind.Place, "ContentLocationCode"), [27] = (TraceKind.Place, "ContentLocationName"), [30] = (TraceKind.Time, "ReleaseDate"), [35] = (TraceKind.Time, "ReleaseTime"),
        [40] = (TraceKind.Text, "SpecialInstructions"), [55] = (TraceKind.Time, "DateCreated"), [60] = (TraceKind.Time, "TimeCreated"), [62] = (TraceKind.Time, "DigitalCreationDate"),
        [63] = (TraceKind.Time, "DigitalCreationTime"), [65] = (TraceKind.Software, "OriginatingProgram"), [80] = (TraceKind.Name, "By-line"), [85] = (TraceKind.Name, "By-lineTitle"),
        [90] = (TraceKind.Place, "City"), [92] = (TraceKind.Place, "Sub-location"), [95] = (TraceKind.Place, "Province-State"), [100] = (TraceKind.Place, "CountryCode"),
        [101] = (TraceKind.Place, "Country"), [103] = (TraceKind.Text, "OriginalTransmissionReference"), [105] = (TraceKind.Text, "Headline"), [110] = (TraceKind.Name, "Credit"),
        [115] = (TraceKind.Name, "Source"), [116] = (TraceKind.Name, "CopyrightNotice"), [118] = (TraceKind.Name, "Contact"), [120] = (TraceKind.Text, "Caption"),
        [121] = (TraceKind.Text, "LocalCaption"), [122] = (TraceKind.Name, "Writer-Editor"),
    };

    public static void AddResources(TraceList traces, ReadOnlySpan<byte> bytes, string where)
    {
        var others = 0;
        foreach (var (id, content) in PhotoshopResources.Read(bytes))
        {
            switch (id)
            {
                case PhotoshopResources.Iptc:
                    AddDatasets(traces, content, "IPTC");
                    break;
                case PhotoshopResources.Thumbnail or PhotoshopResources.OldThumbnail:
                    traces.Add(
                        TraceKind.Thumbnail, where, "Photoshop thumbnail",
                        content.Length >= 12 ? $"{BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(4))}×{BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(8))}, {content.Length} bytes" : $"{content.Length} bytes");
                    break;
                case PhotoshopResources.Exif or PhotoshopResources.MoreExif:
                    ExifTraces.Add(traces, content, "Photoshop EXIF");
                    break;
                case PhotoshopResources.Xmp:
                    XmpTraces.Add(traces, content, "Photoshop XMP");
                    break;
                case PhotoshopResources.Url:
                    traces.Add(TraceKind.Text, where, "URL", TraceList.Text(content));
                    break;
                case PhotoshopResources.Resolution or PhotoshopResources.IptcDigest or PhotoshopResources.Profile or PhotoshopResources.CopyrightFlag:
                    break;
                default:
                    others++;
                    break;
            }
        }

        if (others > 0 || bytes.IndexOfAnyExcept((byte)0) >= 0 && !bytes.StartsWith("8BIM"u8))
        {
            traces.Add(TraceKind.Private, where, "Photoshop resources", $"{others} of them", TraceSeverity.Low);
        }
    }

    public static void AddDatasets(TraceList traces, ReadOnlySpan<byte> bytes, string where)
    {
        foreach (var (record, number, value) in IptcDatasets.Read(bytes))
        {
            if (record == 2 && number is >= 200 and <= 202)
            {
                traces.Add(TraceKind.Thumbnail, where, "preview", $"{value.Length} bytes");
            }
            else if (record == 2 && Datasets.TryGetValue(number, out var known))
            {
                traces.Add(known.Kind, where, known.Name, TraceList.Text(value));
            }
            else if (record > 2)
            {
                traces.Add(TraceKind.Private, where, $"dataset {record}:{number}", $"{value.Length} bytes");
            }
        }
    }
}
