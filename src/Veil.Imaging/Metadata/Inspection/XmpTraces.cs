using System.Xml.Linq;

namespace Veil.Imaging.Metadata.Inspection;

/// <summary>What an XMP packet tells.</summary>
internal static class XmpTraces
{
    private const string Photoshop = "http://ns.adobe.com/photoshop/1.0/";
    private const string ExifNamespace = "http://ns.adobe.com/exif/1.0/";
    private const string Tiff = "http://ns.adobe.com/tiff/1.0/";
    private const string Dublin = "http://purl.org/dc/elements/1.1/";

    // Settings of pictures and converters; they tell nothing of anybody.
    private static readonly string[] Harmless =
    [
        Tiff, ExifNamespace, "http://cipa.jp/exif/1.0/", "http://ns.adobe.com/camera-raw-settings/1.0/", "http://ns.google.com/photos/1.0/panorama/",
        "http://ns.adobe.com/exif/1.0/aux/", XmpPacket.Notes,
    ];

    private static readonly Dictionary<string, TraceKind> Names = new(StringComparer.Ordinal)
    {
        ["City"] = TraceKind.Place, ["State"] = TraceKind.Place, ["Country"] = TraceKind.Place, ["CountryName"] = TraceKind.Place, ["CountryCode"] = TraceKind.Place,
        ["Location"] = TraceKind.Place, ["Sublocation"] = TraceKind.Place, ["ProvinceState"] = TraceKind.Place, ["WorldRegion"] = TraceKind.Place,
        ["LocationCreated"] = TraceKind.Place, ["LocationShown"] = TraceKind.Place, ["LocationName"] = TraceKind.Place, ["Latitude"] = TraceKind.Place, ["Longitude"] = TraceKind.Place,
        ["creator"] = TraceKind.Name, ["contributor"] = TraceKind.Name, ["publisher"] = TraceKind.Name, ["rights"] = TraceKind.Name, ["Owner"] = TraceKind.Name,
        ["OwnerName"] = TraceKind.Name, ["CameraOwnerName"] = TraceKind.Name, ["Artist"] = TraceKind.Name, ["Copyright"] = TraceKind.Name, ["Credit"] = TraceKind.Name,
        ["AuthorsPosition"] = TraceKind.Name, ["CaptionWriter"] = TraceKind.Name, ["PersonInImage"] = TraceKind.Name, ["PersonDisplayName"] = TraceKind.Name,
        ["PersonEmailDigest"] = TraceKind.Name, ["PersonLiveIdCID"] = TraceKind.Name, ["PersonName"] = TraceKind.Name, ["CreatorContactInfo"] = TraceKind.Name,
        ["CiEmailWork"] = TraceKind.Name, ["CiTelWork"] = TraceKind.Name, ["CiAdrExtadr"] = TraceKind.Name, ["CiAdrCity"] = TraceKind.Place, ["CiUrlWork"] = TraceKind.Name,
        ["UsageTerms"] = TraceKind.Name, ["WebStatement"] = TraceKind.Name, ["Source"] = TraceKind.Name, ["Author"] = TraceKind.Name, ["LastKeywordXMP"] = TraceKind.Text,
        ["title"] = TraceKind.Text, ["description"] = TraceKind.Text, ["subject"] = TraceKind.Text, ["Headline"] = TraceKind.Text, ["Instructions"] = TraceKind.Text,
        ["TransmissionReference"] = TraceKind.Text, ["hierarchicalSubject"] = TraceKind.Text, ["Label"] = TraceKind.Text, ["UserComment"] = TraceKind.Text,
        ["ImageDescription"] = TraceKind.Text, ["Nickname"] = TraceKind.Text, ["Event"] = TraceKind.Text, ["source"] = TraceKind.Text, ["Keywords"] = TraceKind.Text,
        ["MakerNote"] = TraceKind.MakerNote, ["Make"] = TraceKind.Device, ["Model"] = TraceKind.Device, ["SerialNumber"] = TraceKind.Device, ["BodySerialNumber"] = TraceKind.Device,
        ["LensSerialNumber"] = TraceKind.Device, ["Lens"] = TraceKind.Device, ["LensModel"] = TraceKind.Device, ["LensMake"] = TraceKind.Device, ["LensID"] = TraceKind.Device,
        ["CreateDate"] = TraceKind.Time, ["ModifyDate"] = TraceKind.Time, ["MetadataDate"] = TraceKind.Time, ["DateCreated"] = TraceKind.Time, ["date"] = TraceKind.Time,
        ["DateTimeOriginal"] = TraceKind.Time, ["DateTimeDigitized"] = TraceKind.Time, ["DateTime"] = TraceKind.Time, ["when"] = TraceKind.Time,
        ["CreatorTool"] = TraceKind.Software, ["Software"] = TraceKind.Software, ["softwareAgent"] = TraceKind.Software, ["Firmware"] = TraceKind.Software, ["Toolkit"] = TraceKind.Software,
    };

    public static void Add(TraceList traces, ReadOnlySpan<byte> packet, string where)
    {
        if (packet.IndexOfAnyExcept((byte)0, (byte)' ', (byte)'\n') < 0)
        {
            return;
        }

        if (XmpPacket.TryParse(packet) is not { Root: { } root })
        {
            traces.Add(TraceKind.Text, where, "unreadable XMP", $"{packet.Length} bytes: {TraceList.Text(packet)}");
            return;
        }

        foreach (var element in root.DescendantsAndSelf())
        {
            foreach (var attribute in element.Attributes().Where(XmpPacket.IsProperty))
            {
                AddProperty(traces, where, attribute.Name, attribute.Value, element);
            }

            if (!element.HasElements && element.Value.Length > 0)
            {
                // Lists and alternatives stand between the property and its values.
                var property = element.AncestorsAndSelf().FirstOrDefault(ancestor => ancestor.Name.NamespaceName != XmpPacket.Rdf && ancestor.Name.NamespaceName.Length > 0);
                AddProperty(traces, where, property?.Name ?? element.Name, element.Value, element);
            }
        }
    }

    private static void AddProperty(TraceList traces, string where, XName name, string value, XElement element)
    {
        if (value.Trim().Length == 0 || name.NamespaceName == "adobe:ns:meta/")
        {
            if (name.LocalName == "xmptk" && value.Length > 0)
            {
                traces.Add(TraceKind.Software, where, name.LocalName, value);
            }

            return;
        }

        if (XmpPacket.IsCompanion(name) || element.Ancestors().Any(ancestor => XmpPacket.IsCompanion(ancestor.Name)))
        {
            traces.Add(TraceKind.Thumbnail, where, name.LocalName, value.Length > 64 ? $"{value.Length} characters" : value);
        }
        else if (Kind(name, element) is { } kind)
        {
            var severity = name.LocalName.EndsWith("SerialNumber", StringComparison.Ordinal) ? TraceSeverity.High : TraceSeverities.Of(kind);
            traces.Add(kind, where, name.LocalName, value, severity);
        }
    }

    private static TraceKind? Kind(XName name, XElement element)
    {
        if (name.LocalName.StartsWith("GPS", StringComparison.Ordinal))
        {
            return name.LocalName == "GPSVersionID" ? null : TraceKind.Place;
        }

        // Regions of faces carry the person's name in a field that is called Name everywhere.
        if (name.NamespaceName.StartsWith("http://www.metadataworkinggroup.com/schemas/regions/", StringComparison.Ordinal))
        {
            return name.LocalName is "Name" or "Description" ? TraceKind.Name : null;
        }

        if (Names.TryGetValue(name.LocalName, out var kind))
        {
            return kind;
        }

        return Harmless.Contains(name.NamespaceName) || name.NamespaceName.Length == 0
            || name.NamespaceName is "http://ns.adobe.com/xmp/sType/Area#" or "http://ns.adobe.com/xap/1.0/sType/Dimensions#"
            || (name.NamespaceName is Photoshop or Dublin or XmpPacket.Xmp && name.LocalName is "ColorMode" or "ICCProfile" or "format" or "Rating")
            ? null : TraceKind.Private;
    }
}
