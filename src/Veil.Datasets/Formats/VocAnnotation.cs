using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Veil.Datasets.Reading;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Datasets.Formats;

/// <summary>What an XML file of Pascal VOC says.</summary>
/// <param name="Size">Size of the picture; null where it is not given, or 0 as some tools write it.</param>
/// <param name="Objects">The objects, in order.</param>
internal sealed record VocAnnotation(PictureSize? Size, IReadOnlyList<DatasetObject> Objects)
{
    private const int LargestFile = 1 << 26;
    private static readonly string[] OwnFields = ["name", "bndbox", "part", "polygon", "mask"];

    /// <summary>Reads a file; objects that cannot be understood are reported.</summary>
    public static VocAnnotation? Read(string path, string file, Func<string, DatasetCategory> category, ProblemReporter report)
    {
        XElement root;
        try
        {
            using var reader = Open(path);
            root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException error)
        {
            report.Error(DatasetProblemKind.Malformed, new DatasetPlace(file, Math.Max(1, error.LineNumber)), "Expected XML, but " + Words(error), error);
            return null;
        }

        if (root.Name.LocalName != "annotation")
        {
            report.Error(DatasetProblemKind.Malformed, new DatasetPlace(file, LineOf(root)), $"Expected <annotation>, but received <{root.Name.LocalName}>.");
            return null;
        }

        var objects = new List<DatasetObject>();
        foreach (var element in root.Elements("object"))
        {
            var place = new DatasetPlace(file, LineOf(element));
            try
            {
                objects.Add(ReadObject(element, category, place));
            }
            catch (FormatException error)
            {
                report.Unreadable(place, error);
            }
        }

        PictureSize? size = null;
        try
        {
            size = ReadSize(root);
        }
        catch (FormatException error)
        {
            report.Unreadable(new DatasetPlace(file, LineOf(root.Element("size")!)), error);
        }

        return new VocAnnotation(size, objects);
    }

    /// <summary>Names of categories in a file; as far as it can be read.</summary>
    public static IReadOnlyList<string> NamesIn(string path)
    {
        var names = new List<string>();
        try
        {
            using var reader = Open(path);
            foreach (var element in XDocument.Load(reader).Root!.Elements("object"))
            {
                if (element.Element("name") is { } name && name.Value.Trim().Length > 0)
                {
                    names.Add(name.Value.Trim());
                }
            }
        }
        catch (Exception error) when (error is XmlException or IOException or UnauthorizedAccessException)
        {
            // Whoever reads the objects of this file is told; a list of names is not the place.
            return names;
        }

        return names;
    }

    private static XmlReader Open(string path) => XmlReader.Create(path, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = LargestFile,
    });

    private static DatasetObject ReadObject(XElement element, Func<string, DatasetCategory> category, DatasetPlace place)
    {
        var name = Need(element, "name").Value.Trim();
        var box = Need(element, "bndbox");
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var field in element.Elements().Where(field => !field.HasElements && !OwnFields.Contains(field.Name.LocalName)))
        {
            attributes[field.Name.LocalName] = field.Value.Trim();
        }

        // The first pixel is number 1, and the last one belongs to the box.
        return new DatasetObject(
            category(name),
            new Box(Number(box, "xmin") - 1, Number(box, "ymin") - 1, Number(box, "xmax"), Number(box, "ymax")), place)
        {
            IsIgnored = attributes.GetValueOrDefault("difficult") is "1",
            Attributes = attributes.ToImmutable(),
        };
    }

    private static PictureSize? ReadSize(XElement root) =>
        root.Element("size") is { } size && (Number(size, "width"), Number(size, "height")) is var (width, height) && width >= 1 && height >= 1
            ? new PictureSize((int)width, (int)height)
            : null;

    private static XElement Need(XElement element, string name) => element.Element(name) ?? throw new FormatException($"Expected <{name}> in <{element.Name.LocalName}>, but there is none.");

    private static float Number(XElement element, string name)
    {
        var text = Need(element, name).Value;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1 << 24
            ? number
            : throw new FormatException($"Expected a number in <{name}>, but received \"{Excerpt.Of(text, 40)}\".");
    }

    private static int LineOf(XElement element) => ((IXmlLineInfo)element).LineNumber;

    private static string Words(XmlException error)
    {
        var end = error.Message.IndexOf(" Line ", StringComparison.Ordinal);
        return char.ToLowerInvariant(error.Message[0]) + (end > 1 ? error.Message[1..end] : error.Message[1..]);
    }
}
