using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Evaluation.Hiding;

/// <summary>
/// Reads marked pictures from a folder of Pascal VOC annotations (http://host.robots.ox.ac.uk/pascal/VOC). An annotation's
/// picture is the file it names, else the one of its own name, in its folder or in <c>images</c> or <c>JPEGImages</c> beside.
/// </summary>
public static class VocMarks
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png"];
    private static readonly string[] Folders = ["annotations", "Annotations"];
    private static readonly string[] Edges = ["xmin", "ymin", "xmax", "ymax"];

    /// <summary>Reads all pictures, in the order of their annotations' names.</summary>
    /// <param name="folder">Holds the annotations, or a folder <c>annotations</c> or <c>Annotations</c> that does.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: none there, one is broken, or its picture is missing.</exception>
    public static IReadOnlyList<MarkedBoxes> Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var place = Folders.Select(name => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists) ?? folder;
        string[] files = Directory.Exists(place) ? [.. Directory.GetFiles(place, "*.xml").Order(StringComparer.Ordinal)] : [];
        return files.Length > 0 ? [.. files.Select(ReadPicture)] : throw Broken(place, "there is none", null);
    }

    private static MarkedBoxes ReadPicture(string file)
    {
        try
        {
            var root = XDocument.Load(file).Root!;
            return new MarkedBoxes(Picture(file, (string?)root.Element("filename")), [.. root.Elements("object").Select(one => ReadBox(one, file))]);
        }
        catch (Exception failure) when (failure is XmlException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw Broken(file, failure.Message, failure);
        }
    }

    private static Box ReadBox(XElement marked, string file)
    {
        string[] texts = [.. Edges.Select(name => (string?)marked.Element("bndbox")?.Element(name) ?? throw Broken(file, $"an object has no {name}", null))];
        float[] edges = [.. texts.Select(text => float.Parse(text, CultureInfo.InvariantCulture))];

        // The standard counts whole pixels from 1, the last one included; tools that write fractions mean edges.
        var first = texts.All(text => !text.Contains('.', StringComparison.Ordinal)) ? 1 : 0;
        var box = new Box(edges[0] - first, edges[1] - first, edges[2], edges[3]);
        return box.IsEmpty ? throw Broken(file, $"the box {box} is empty", null) : box;
    }

    private static string Picture(string annotation, string? named)
    {
        var folder = Path.GetDirectoryName(annotation)!;
        var stem = Path.GetFileNameWithoutExtension(annotation);
        var folders = new[] { folder, Path.Combine(folder, "..", "images"), Path.Combine(folder, "..", "JPEGImages") };
        var names = (named is { Length: > 0 } ? new[] { Path.GetFileName(named) } : []).Concat(Extensions.Select(extension => stem + extension));
        return names.SelectMany(name => folders.Select(place => Path.GetFullPath(Path.Combine(place, name)))).FirstOrDefault(File.Exists)
            ?? throw Broken(annotation, $"its picture {named ?? stem} is not beside it, in ../images or in ../JPEGImages", null);
    }

    private static VeilException Broken(string path, string why, Exception? cause) => new(
        VeilErrorCode.InvalidGroundTruth, $"Expected Pascal VOC annotations in {path}, but {why}.",
        "Each object has a bndbox with xmin, ymin, xmax, ymax.", cause);
}
