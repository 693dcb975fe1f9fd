using System.Text.Json;
using Veil.Datasets.Masks;
using Veil.Datasets.Writing;
using Veil.Pipeline;

namespace Veil.Datasets.Formats;

/// <summary>Writes COCO datasets: <c>annotations/instances_SPLIT.json</c> and pictures in <c>SPLIT/</c>. Keypoints stand with the instances.</summary>
internal sealed class CocoWriter(string root, DatasetWriteOptions options) : DatasetWriter(root, options)
{
    private readonly Dictionary<string, CocoSplitFile> _splits = new(StringComparer.Ordinal);
    private long _images;
    private long _annotations;

    public override string PathFor(DatasetPicture picture) => SplitOf(picture) + "/" + UniqueName(SplitOf(picture), picture);

    public override void Add(DatasetPicture picture, PictureSize size, IReadOnlyList<DatasetObject> objects)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(objects);
        var split = SplitOf(picture);
        if (!_splits.TryGetValue(split, out var file))
        {
            file = _splits[split] = new CocoSplitFile(CreateUnfinished($"annotations/instances_{split}.json"), CreateUnfinished($"annotations/instances_{split}.json.annotations.tmp"));
        }

        var id = ++_images;
        file.AddImage(id, PathFor(picture)[(split.Length + 1)..], size);
        foreach (var found in objects)
        {
            var number = NumberOf(found.Category);
            if (number is null)
            {
                Lose("objects of a category that the dataset does not declare");
                continue;
            }

            file.AddAnnotation(writer => WriteAnnotation(writer, ++_annotations, id, number.Value, size, found));
        }
    }

    public override void Complete()
    {
        foreach (var file in _splits.Values)
        {
            file.Complete(WriteCategories);
            Keep(file.Main);
        }
    }

    public override void Dispose()
    {
        foreach (var file in _splits.Values)
        {
            file.Dispose();
        }

        base.Dispose();
    }

    /// <summary>Numbers from 1, in the order of the categories: 0 is COCO's background.</summary>
    private int? NumberOf(DatasetCategory category)
    {
        for (var i = 0; i < Options.Categories.Count; i++)
        {
            if (Options.Categories[i].Name == category.Name)
            {
                return i + 1;
            }
        }

        return null;
    }

    private void WriteCategories(Utf8JsonWriter writer)
    {
        for (var i = 0; i < Options.Categories.Count; i++)
        {
            var category = Options.Categories[i];
            writer.WriteStartObject();
            writer.WriteNumber("id", i + 1);
            writer.WriteString("name", category.Name);
            writer.WriteString("supercategory", category.Group);
            if (category.Keypoints.Count > 0)
            {
                writer.WriteTexts("keypoints", category.Keypoints);
                writer.WriteStartArray("skeleton");
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteAnnotation(Utf8JsonWriter writer, long id, long image, int category, PictureSize size, DatasetObject found)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", id);
        writer.WriteNumber("image_id", image);
        writer.WriteNumber("category_id", category);
        writer.WriteNumber("iscrowd", found.IsCrowd ? 1 : 0);
        if (found.IsIgnored)
        {
            writer.WriteNumber("ignore", 1);
        }

        writer.WriteNumber("area", Math.Round(found.Area ?? AreaOf(found), 4));
        writer.WriteStartArray("bbox");
        foreach (var number in (ReadOnlySpan<float>)[found.Box.Left, found.Box.Top, found.Box.Width, found.Box.Height])
        {
            writer.WriteNumberValue(Math.Round(number, 3));
        }

        writer.WriteEndArray();
        WriteSegmentation(writer, size, found);
        WriteKeypoints(writer, found);
        if (found.Attributes.Count > 0)
        {
            writer.WriteStartObject("attributes");
            foreach (var (name, value) in found.Attributes)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static double AreaOf(DatasetObject found) =>
        found.Mask is { } mask ? mask.Area : found.Polygons.IsEmpty ? found.Box.Area : found.Polygons.Sum(polygon => polygon.Area);

    private static void WriteSegmentation(Utf8JsonWriter writer, PictureSize size, DatasetObject found)
    {
        // The reference expects run lengths of crowds, whatever they were drawn with.
        var mask = found.Mask ?? (found.IsCrowd && !found.Polygons.IsEmpty ? RunLengthMask.FromPolygons(found.Polygons, size.Width, size.Height) : null);
        if (mask is not null)
        {
            writer.WriteStartObject("segmentation");
            writer.WriteStartArray("size");
            writer.WriteNumberValue(mask.Height);
            writer.WriteNumberValue(mask.Width);
            writer.WriteEndArray();
            if (found.IsCrowd)
            {
                writer.WriteStartArray("counts");
                foreach (var count in mask.Counts)
                {
                    writer.WriteNumberValue(count);
                }

                writer.WriteEndArray();
            }
            else
            {
                writer.WriteString("counts", mask.ToText());
            }

            writer.WriteEndObject();
            return;
        }

        writer.WriteStartArray("segmentation");
        foreach (var polygon in found.Polygons)
        {
            writer.WriteStartArray();
            foreach (var coordinate in polygon.Coordinates)
            {
                writer.WriteNumberValue(coordinate);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteKeypoints(Utf8JsonWriter writer, DatasetObject found)
    {
        if (found.Keypoints.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("keypoints");
        foreach (var point in found.Keypoints)
        {
            var known = point.State != KeypointState.Absent;
            writer.WriteNumberValue(known ? Math.Round(point.X - .5, 3) : 0);
            writer.WriteNumberValue(known ? Math.Round(point.Y - .5, 3) : 0);
            writer.WriteNumberValue((int)point.State);
        }

        writer.WriteEndArray();
        writer.WriteNumber("num_keypoints", found.Keypoints.Count(point => point.State != KeypointState.Absent));
    }

    /// <summary>The file of one split: images go into it as they come, annotations beside it until its end.</summary>
    private sealed class CocoSplitFile : IDisposable
    {
        private readonly FileStream _annotations;
        private readonly Utf8JsonWriter _images;
        private Utf8JsonWriter? _objects;

        public CocoSplitFile(FileStream main, FileStream annotations)
        {
            (Main, _annotations) = (main, annotations);
            _images = new Utf8JsonWriter(main);
            _images.WriteStartObject();
            _images.WriteStartArray("images");
            _objects = new Utf8JsonWriter(annotations);
            _objects.WriteStartArray();
        }

        public FileStream Main { get; }

        public void AddImage(long id, string name, PictureSize size)
        {
            _images.WriteStartObject();
            _images.WriteNumber("id", id);
            _images.WriteString("file_name", name);
            _images.WriteNumber("width", size.Width);
            _images.WriteNumber("height", size.Height);
            _images.WriteEndObject();
            FlushIfLarge(_images);
        }

        public void AddAnnotation(Action<Utf8JsonWriter> write)
        {
            write(_objects!);
            FlushIfLarge(_objects!);
        }

        public void Complete(Action<Utf8JsonWriter> writeCategories)
        {
            _images.WriteEndArray();
            _images.WriteStartArray("categories");
            writeCategories(_images);
            _images.WriteEndArray();
            _objects!.WriteEndArray();
            _objects.Flush();
            _objects.Dispose();
            _objects = null;
            _annotations.Dispose();
            _images.Flush();
            Main.Write(",\"annotations\":"u8);
            using (var written = File.OpenRead(_annotations.Name))
            {
                written.CopyTo(Main);
            }

            Main.Write("}\n"u8);
            Main.Flush();
        }

        public void Dispose()
        {
            _objects?.Dispose();
            _annotations.Dispose();
            Main.Dispose();
        }

        private static void FlushIfLarge(Utf8JsonWriter writer)
        {
            if (writer.BytesPending > 1 << 16)
            {
                writer.Flush();
            }
        }
    }
}
