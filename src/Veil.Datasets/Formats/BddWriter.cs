using System.Text.Json;
using Veil.Datasets.Writing;

namespace Veil.Datasets.Formats;

/// <summary>Writes BDD100K: <c>labels/det_20/det_SPLIT.json</c> as a list of frames, pictures in <c>images/100k/SPLIT/</c>.</summary>
internal sealed class BddWriter(string root, DatasetWriteOptions options) : DatasetWriter(root, options)
{
    private static readonly HashSet<string> Known = [.. BddFormat.Vocabulary.Select(entry => entry.Name)];
    private readonly Dictionary<string, (FileStream File, Utf8JsonWriter Json)> _splits = new(StringComparer.Ordinal);
    private long _labels;

    public override string PathFor(DatasetPicture picture)
    {
        var folder = "images/100k/" + SplitOf(picture);
        return folder + "/" + UniqueName(folder, picture);
    }

    public override void Add(DatasetPicture picture, PictureSize size, IReadOnlyList<DatasetObject> objects)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(objects);
        var split = SplitOf(picture);
        if (!_splits.TryGetValue(split, out var target))
        {
            var file = CreateUnfinished($"labels/det_20/det_{split}.json");
            target = _splits[split] = (file, new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }));
            target.Json.WriteStartArray();
        }

        var json = target.Json;
        json.WriteStartObject();
        json.WriteString("name", Path.GetFileName(PathFor(picture)));
        json.WriteStartObject("size");
        json.WriteNumber("width", size.Width);
        json.WriteNumber("height", size.Height);
        json.WriteEndObject();
        json.WriteStartArray("labels");
        foreach (var found in objects)
        {
            Write(json, found);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        if (json.BytesPending > 1 << 16)
        {
            json.Flush();
        }
    }

    public override void Complete()
    {
        foreach (var (file, json) in _splits.Values)
        {
            json.WriteEndArray();
            json.Flush();
            Keep(file);
        }
    }

    public override void Dispose()
    {
        foreach (var (file, json) in _splits.Values)
        {
            json.Dispose();
            file.Dispose();
        }

        base.Dispose();
    }

    private void Write(Utf8JsonWriter json, DatasetObject found)
    {
        if (!Known.Contains(found.Category.Name))
        {
            Lose("objects of a category that BDD100K does not have");
            return;
        }

        Lose("objects' keypoints", found.Keypoints.IsEmpty ? 0 : 1);
        json.WriteStartObject();
        json.WriteString("id", (_labels++).ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("category", found.Category.Name);
        json.WriteStartObject("attributes");
        if (found.IsCrowd)
        {
            json.WriteBoolean("crowd", true);
        }

        if (found.IsIgnored)
        {
            json.WriteBoolean("ignored", true);
        }

        foreach (var (name, value) in found.Attributes)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("box2d");
        json.WriteNumber("x1", Math.Round(found.Box.Left, 4));
        json.WriteNumber("y1", Math.Round(found.Box.Top, 4));
        json.WriteNumber("x2", Math.Round(found.Box.Right - 1, 4));
        json.WriteNumber("y2", Math.Round(found.Box.Bottom - 1, 4));
        json.WriteEndObject();
        if (!found.Polygons.IsEmpty)
        {
            WritePolygons(json, found);
        }

        if (found.Mask is { } mask)
        {
            json.WriteStartObject("rle");
            json.WriteString("counts", mask.ToText());
            json.WriteStartArray("size");
            json.WriteNumberValue(mask.Height);
            json.WriteNumberValue(mask.Width);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WritePolygons(Utf8JsonWriter json, DatasetObject found)
    {
        json.WriteStartArray("poly2d");
        foreach (var polygon in found.Polygons)
        {
            json.WriteStartObject();
            json.WriteStartArray("vertices");
            for (var i = 0; i < polygon.Corners; i++)
            {
                json.WriteStartArray();
                json.WriteNumberValue(polygon.Coordinates[i * 2]);
                json.WriteNumberValue(polygon.Coordinates[(i * 2) + 1]);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteString("types", new string('L', polygon.Corners));
            json.WriteBoolean("closed", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
