using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Veil.Imaging.Metadata;

/// <summary>
/// An XMP packet (ISO 16684-1) as XML, read without document types, entities or deep nesting, and written without anything
/// that shows or points to another picture.
/// </summary>
internal static class XmpPacket
{
    public const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    public const string Xmp = "http://ns.adobe.com/xap/1.0/";
    public const string Notes = "http://ns.adobe.com/xmp/note/";
    private const int Deepest = 64;
    private const int MostNodes = 100_000;
    private const int LongestValue = 8192;

    // Companion pictures and what describes them: depth, gain maps, motion photos, embedded thumbnails.
    private static readonly string[] CompanionNamespaces =
    [
        "http://ns.adobe.com/xap/1.0/g/img/", "http://ns.adobe.com/hdr-gain-map/", "http://ns.apple.com/", "http://ns.google.com/photos/",
        "http://ns.microsoft.com/photo/1.0/depth", "http://ns.adobe.com/lightroom-settings-experimental/", "http://ns.xiaomi.com/", "http://ns.samsung.com/",
    ];

    /// <summary>The document; null when it is no XML that may be read.</summary>
    public static XDocument? TryParse(ReadOnlySpan<byte> packet)
    {
        try
        {
            // Padding, the byte order mark and the packet's wrapper stand around the root.
            var text = Decode(packet);
            var (start, end) = (text.IndexOf('<', StringComparison.Ordinal), text.LastIndexOf('>'));
            if (start < 0 || end < start)
            {
                return null;
            }

            text = text[start..(end + 1)];
            return IsModest(text) ? XDocument.Load(Reader(text)) : null;
        }
        catch (Exception error) when (error is XmlException or ArgumentException)
        {
            // No XML: the caller says so.
            return null;
        }
    }

    /// <summary>True for names that stand for another picture.</summary>
    public static bool IsCompanion(XName name) =>
        CompanionNamespaces.Any(start => name.NamespaceName.StartsWith(start, StringComparison.Ordinal) && !name.NamespaceName.Contains("/panorama/", StringComparison.Ordinal))
        || (name.NamespaceName == Xmp && name.LocalName == "Thumbnails")
        || name.LocalName is "Thumbnail" or "Thumbnails" or "PreviewImage" or "EmbeddedImage";

    /// <summary>
    /// The packet without companions, without values long enough to be pictures, and with the result's orientation; null when
    /// nothing is left. What an extended packet holds is joined to the first.
    /// </summary>
    public static byte[]? Sanitize(XDocument packet, XDocument? extended, int orientation)
    {
        XName descriptionName = XName.Get("Description", Rdf);
        var rdf = packet.Descendants(XName.Get("RDF", Rdf)).FirstOrDefault();
        if (rdf is null)
        {
            return null;
        }

        var clean = new XElement(rdf);
        clean.Add(extended?.Descendants(descriptionName).Where(element => element.Parent?.Name == XName.Get("RDF", Rdf)).Select(element => new XElement(element)));
        clean.DescendantNodes().Where(node => node is XComment or XProcessingInstruction).Remove();
        clean.DescendantsAndSelf().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && (IsDropped(attribute.Name) || IsTooLong(attribute.Value))).Remove();
        clean.Descendants().Where(element => IsDropped(element.Name)).Remove();
        clean.DescendantNodes().OfType<XText>().Where(text => IsTooLong(text.Value)).Remove();
        SetOrientation(clean, orientation.ToString(CultureInfo.InvariantCulture));
        if (!clean.Descendants(descriptionName).Any(description => description.HasElements || description.Attributes().Any(IsProperty)))
        {
            return null;
        }

        var root = new XElement(XName.Get("xmpmeta", "adobe:ns:meta/"), new XAttribute(XNamespace.Xmlns + "x", "adobe:ns:meta/"), clean);
        var wrapped = "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>" + root.ToString(SaveOptions.DisableFormatting) + "<?xpacket end=\"r\"?>";
        return Encoding.UTF8.GetBytes(wrapped);
    }

    /// <summary>True for attributes that state something, not those that make up the syntax.</summary>
    public static bool IsProperty(XAttribute attribute) =>
        !attribute.IsNamespaceDeclaration && attribute.Name.NamespaceName is not (Rdf or "http://www.w3.org/XML/1998/namespace" or "");

    private static bool IsDropped(XName name) => IsCompanion(name) || name.NamespaceName == Notes || name.LocalName == "MakerNote";

    private static bool IsTooLong(string value) => value.Length > LongestValue || value.StartsWith("/9j/", StringComparison.Ordinal) || value.StartsWith("iVBORw0", StringComparison.Ordinal);

    private static void SetOrientation(XElement rdf, string value)
    {
        XName orientation = XName.Get("Orientation", "http://ns.adobe.com/tiff/1.0/");
        rdf.DescendantsAndSelf().Attributes(orientation).ToList().ForEach(attribute => attribute.Value = value);
        rdf.Descendants(orientation).ToList().ForEach(element => element.Value = value);
    }

    private static string Decode(ReadOnlySpan<byte> packet)
    {
        var encoding = packet switch
        {
            [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
        return encoding.GetString(packet).TrimEnd('\0');
    }

    private static XmlReader Reader(string text) => XmlReader.Create(
        new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = text.Length + 1L, IgnoreWhitespace = true });

    // A tree is built only of what is neither deep nor endless.
    private static bool IsModest(string text)
    {
        using var reader = Reader(text);
        var nodes = 0;
        while (reader.Read())
        {
            nodes += 1 + reader.AttributeCount;
            if (reader.Depth > Deepest || nodes > MostNodes)
            {
                return false;
            }
        }

        return true;
    }
}
