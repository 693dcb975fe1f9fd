using System.Text.Json;
using Veil.Datasets.Masks;
using Veil.Datasets.Writing;

namespace Veil.Datasets.Formats;

/// <summary>Writes pictures and polygons in the layout of Cityscapes, all in a city called <c>converted</c>. Label pictures are the scripts' to make.</summary>
internal sealed class CityscapesWriter(string root, DatasetWriteOptions options) : DatasetWriter(root, options)
{
    private const string City = "converted";

    private static readonly HashSet<string> Known = [.. CityscapesFormat.CategoriesWith(new CategorySubjects(new DatasetReadOptions())).Select(category => category.Name)];

    public override string PathFor(DatasetPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var folder = $"{CityscapesFormat.Pictures}/{SplitOf(picture)}/{City}";
        var name = UniqueName(folder, picture);
        var stem = StemOf(name);
        return $"{folder}/{(stem.EndsWith("_leftImg8bit", StringComparison.Ordinal) ? name : stem + "_leftImg8bit" + Path.GetExtension(name))}";
    }

    public override void Add(DatasetPicture picture, PictureSize size, IReadOnlyList<DatasetObject> objects)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(objects);
        var stem = StemOf(Path.GetFileName(PathFor(picture)))[..^"_leftImg8bit".Length];
        using var file = Create($"gtFine/{SplitOf(picture)}/{City}/{stem}_gtFine_polygons.json");
        using (var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, IndentSize = 4 }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("imgHeight", size.Height);
            writer.WriteNumber("imgWidth", size.Width);
            writer.WriteStartArray("objects");
            foreach (var found in objects)
            {
                Write(writer, found);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        file.Write("\n"u8);
    }

    public override void Complete()
    {
    }

    private void Write(Utf8JsonWriter writer, DatasetObject found)
    {
        var label = found.IsCrowd && Known.Contains(found.Category.Name + "group") ? found.Category.Name + "group" : found.Category.Name;
        if (!Known.Contains(label))
        {
            Lose("objects of a category that Cityscapes does not have");
            return;
        }

        Lose("masks (their boxes are written)", found.Mask is null ? 0 : 1);
        Lose("boxes (polygons around them are written)", found.Polygons.IsEmpty && found.Mask is null ? 1 : 0);
        Lose("objects' keypoints", found.Keypoints.IsEmpty ? 0 : 1);
        Lose("attributes", found.Attributes.Count);
        foreach (var polygon in found.Polygons.IsEmpty ? [InnerCorners(found)] : found.Polygons)
        {
            writer.WriteStartObject();
            if (found.IsIgnored)
            {
                writer.WriteNumber("deleted", 1);
            }

            writer.WriteString("label", label);
            writer.WriteStartArray("polygon");
            for (var i = 0; i < polygon.Corners; i++)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(Math.Round(polygon.Coordinates[i * 2] - .5, 3));
                writer.WriteNumberValue(Math.Round(polygon.Coordinates[(i * 2) + 1] - .5, 3));
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        Lose("objects of several polygons (written as several objects)", found.Polygons.Length > 1 ? 1 : 0);
    }

    /// <summary>The middles of the outermost pixels of a box: what the scripts draw through them covers the box.</summary>
    private static Polygon InnerCorners(DatasetObject found)
    {
        var box = found.Box;
        return Polygon.Of(new Regions.Box(box.Left + .5f, box.Top + .5f, Math.Max(box.Left + .5f, box.Right - .5f), Math.Max(box.Top + .5f, box.Bottom - .5f)));
    }
}
