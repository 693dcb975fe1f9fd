using System.Globalization;
using System.Text;
using Veil.Datasets.Masks;
using Veil.Datasets.Writing;

namespace Veil.Datasets.Formats;

/// <summary>
/// Writes YOLO datasets. All lines of one are of one kind, since trainers do not mix them: polygons where the source has any,
/// else keypoints where it has any, else boxes.
/// </summary>
internal sealed class YoloWriter(string root, DatasetWriteOptions options) : DatasetWriter(root, options)
{
    private readonly SortedSet<string> _splits = new(StringComparer.Ordinal);
    private readonly YoloShape _shape = options.Features.HasFlag(DatasetFeatures.Polygons) ? YoloShape.Polygons
        : options.Features.HasFlag(DatasetFeatures.Keypoints) ? YoloShape.Keypoints : YoloShape.Boxes;

    private enum YoloShape
    {
        Boxes,
        Polygons,
        Keypoints,
    }

    private int KeypointCount => Options.Categories.Max(category => category.Keypoints.Count);

    public override string PathFor(DatasetPicture picture)
    {
        var folder = "images/" + SplitOf(picture);
        return folder + "/" + UniqueName(folder, picture);
    }

    public override void Add(DatasetPicture picture, PictureSize size, IReadOnlyList<DatasetObject> objects)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(objects);
        _splits.Add(SplitOf(picture));
        var text = new StringBuilder();
        foreach (var found in objects)
        {
            var number = IndexOf(found.Category);
            if (number < 0)
            {
                Lose("objects of a category that the dataset does not declare");
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"{number}");
            foreach (var value in Values(found, size))
            {
                text.Append(' ').Append(value.ToString("0.##########", CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        Write(YoloFormat.LabelOf(PathFor(picture))!, Encoding.UTF8.GetBytes(text.ToString()));
    }

    public override void Complete()
    {
        var text = new StringBuilder();
        foreach (var split in _splits)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Key(split)}: images/{split}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"nc: {Options.Categories.Count}\nnames:\n");
        foreach (var (category, index) in Options.Categories.Select((category, index) => (category, index)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {index}: {Quoted(category.Name)}\n");
        }

        if (_shape == YoloShape.Keypoints)
        {
            text.Append(CultureInfo.InvariantCulture, $"kpt_shape: [{KeypointCount}, 3]\n");
        }

        Write("data.yaml", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private int IndexOf(DatasetCategory category)
    {
        for (var i = 0; i < Options.Categories.Count; i++)
        {
            if (Options.Categories[i].Name == category.Name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Trainers look for train, val and test; years and the rest stay in the folder's name.</summary>
    private static string Key(string split) => SplitName.Matches(split, "train") ? "train" : SplitName.Matches(split, "val") || split == "valid" ? "val" : SplitName.Matches(split, "test") ? "test" : Quoted(split);

    private static string Quoted(string name) => "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private IEnumerable<double> Values(DatasetObject found, PictureSize size)
    {
        Lose("crowd marks", found.IsCrowd ? 1 : 0);
        Lose("ignore marks", found.IsIgnored ? 1 : 0);
        Lose("attributes", found.Attributes.Count);
        Lose("masks (their boxes are written)", found.Mask is null ? 0 : 1);
        if (_shape == YoloShape.Polygons)
        {
            Lose("objects' keypoints", found.Keypoints.IsEmpty ? 0 : 1);
            var outline = found.Polygons.IsEmpty ? Polygon.Of(found.Box) : Chain(found);
            return outline.Coordinates.Select((value, i) => value / (i % 2 == 0 ? size.Width : size.Height));
        }

        Lose("polygons", found.Polygons.Length);
        var box = found.Box;
        IEnumerable<double> values =
        [
            ((double)box.Left + box.Right) / 2 / size.Width, ((double)box.Top + box.Bottom) / 2 / size.Height,
            ((double)box.Right - box.Left) / size.Width, ((double)box.Bottom - box.Top) / size.Height,
        ];
        if (_shape == YoloShape.Boxes)
        {
            Lose("objects' keypoints", found.Keypoints.IsEmpty ? 0 : 1);
            return values;
        }

        var points = Enumerable.Range(0, KeypointCount).Select(i => i < found.Keypoints.Length ? found.Keypoints[i] : default);
        return values.Concat(points.SelectMany(point => point.State == KeypointState.Absent
            ? (double[])[0, 0, 0]
            : [point.X / size.Width, point.Y / size.Height, (int)point.State]));
    }

    /// <summary>
    /// Several polygons as one: joined by lines that are walked both ways, so that they enclose nothing.
    /// </summary>
    private static Polygon Chain(DatasetObject found)
    {
        if (found.Polygons.Length == 1)
        {
            return found.Polygons[0];
        }

        var corners = new List<double>();
        foreach (var polygon in found.Polygons)
        {
            corners.AddRange(polygon.Coordinates);
            corners.AddRange(polygon.Coordinates[..2]);
        }

        foreach (var polygon in found.Polygons[1..^1].Reverse())
        {
            corners.AddRange(polygon.Coordinates[..2]);
        }

        return new Polygon([.. corners]);
    }
}
