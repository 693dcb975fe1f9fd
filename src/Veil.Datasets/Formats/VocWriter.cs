using System.Globalization;
using System.Xml.Linq;
using Veil.Datasets.Writing;

namespace Veil.Datasets.Formats;

/// <summary>Writes Pascal VOC datasets: boxes, and the attributes that VOC knows.</summary>
internal sealed class VocWriter(string root, DatasetWriteOptions options) : DatasetWriter(root, options)
{
    private static readonly string[] KnownAttributes = ["pose", "truncated", "difficult", "occluded"];
    private readonly Dictionary<string, StreamWriter> _sets = new(StringComparer.Ordinal);

    public override string PathFor(DatasetPicture picture) => "JPEGImages/" + UniqueName("JPEGImages", picture);

    public override void Add(DatasetPicture picture, PictureSize size, IReadOnlyList<DatasetObject> objects)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(objects);
        var name = PathFor(picture)["JPEGImages/".Length..];
        var document = new XElement(
            "annotation",
            new XElement("folder", "JPEGImages"),
            new XElement("filename", name),
            new XElement("size", new XElement("width", size.Width), new XElement("height", size.Height), new XElement("depth", 3)),
            new XElement("segmented", 0),
            objects.Select(Describe));
        using (var file = Create($"Annotations/{StemOf(name)}.xml"))
        using (var writer = System.Xml.XmlWriter.Create(file, new System.Xml.XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, Encoding = new System.Text.UTF8Encoding(false) }))
        {
            document.Save(writer);
        }

        var split = SplitOf(picture);
        if (!_sets.TryGetValue(split, out var set))
        {
            set = _sets[split] = new StreamWriter(Create($"ImageSets/Main/{split}.txt")) { NewLine = "\n" };
        }

        set.WriteLine(StemOf(name));
    }

    public override void Complete()
    {
        foreach (var set in _sets.Values)
        {
            set.Flush();
        }
    }

    public override void Dispose()
    {
        foreach (var set in _sets.Values)
        {
            set.Dispose();
        }

        base.Dispose();
    }

    private XElement Describe(DatasetObject found)
    {
        Lose("polygons", found.Polygons.Length);
        Lose("masks", found.Mask is null ? 0 : 1);
        Lose("objects' keypoints", found.Keypoints.IsEmpty ? 0 : 1);
        Lose("crowd marks", found.IsCrowd ? 1 : 0);
        Lose("attributes", found.Attributes.Keys.Count(name => !KnownAttributes.Contains(name)));
        return new XElement(
            "object",
            new XElement("name", found.Category.Name),
            KnownAttributes.Where(name => name != "difficult" && found.Attributes.ContainsKey(name)).Select(name => new XElement(name, found.Attributes[name])),
            new XElement("difficult", found.IsIgnored ? 1 : 0),
            new XElement(
                "bndbox",
                new XElement("xmin", Text(found.Box.Left + 1)), new XElement("ymin", Text(found.Box.Top + 1)),
                new XElement("xmax", Text(found.Box.Right)), new XElement("ymax", Text(found.Box.Bottom))));
    }

    private static string Text(float coordinate) => Math.Round(coordinate, 3).ToString("0.###", CultureInfo.InvariantCulture);
}
