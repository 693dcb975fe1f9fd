using System.Globalization;
using Veil.Datasets.Masks;
using Veil.Datasets.Reading;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Datasets.Formats;

/// <summary>One line of a YOLO label file.</summary>
internal static class YoloLine
{
    /// <summary>Reads a line; its form follows from how many numbers it has and from whether the dataset has keypoints.</summary>
    /// <exception cref="FormatException">It is none of the forms.</exception>
    /// <exception cref="UnknownCategoryException">Its class has no name.</exception>
    public static DatasetObject Read(string text, Dictionary<long, DatasetCategory> categories, int keypoints, int dimensions, PictureSize size, DatasetPlace place)
    {
        var fields = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var number = Whole(fields[0]);
        if (!categories.TryGetValue(number, out var category))
        {
            throw new UnknownCategoryException($"Expected a class number that data.yaml names, but received {number}.");
        }

        var values = fields[1..].Select(Number).ToArray();
        if (keypoints > 0 && values.Length == 4 + (keypoints * dimensions))
        {
            return new DatasetObject(category, BoxOf(values, size), place) { Keypoints = [.. values[4..].Chunk(dimensions).Select(point => PointOf(point, size))] };
        }

        if (values.Length == 4)
        {
            return new DatasetObject(category, BoxOf(values, size), place);
        }

        if (values.Length >= 6 && values.Length % 2 == 0 && keypoints == 0)
        {
            var polygon = new Polygon([.. values.Select((value, i) => value * (i % 2 == 0 ? size.Width : size.Height))]);
            return new DatasetObject(category, Polygon.BoxAround([polygon])!.Value, place) { Polygons = [polygon] };
        }

        throw new FormatException(
            keypoints > 0
                ? $"Expected a class and 4 numbers, or {4 + (keypoints * dimensions)} with keypoints, but received {values.Length}."
                : $"Expected a class and 4 numbers of a box, or 6 or more of a polygon, but received {values.Length}.");
    }

    private static Box BoxOf(double[] values, PictureSize size)
    {
        var (x, y, width, height) = (values[0] * size.Width, values[1] * size.Height, values[2] * size.Width, values[3] * size.Height);
        return new Box((float)(x - (width / 2)), (float)(y - (height / 2)), (float)(x + (width / 2)), (float)(y + (height / 2)));
    }

    private static Keypoint PointOf(double[] point, PictureSize size)
    {
        var state = point.Length == 3
            ? point[2] switch { 0 => KeypointState.Absent, 1 => KeypointState.Hidden, 2 => KeypointState.Visible, _ => throw new FormatException($"Expected a visibility of 0, 1 or 2, but received {point[2]}.") }
            : point is [0, 0] ? KeypointState.Absent : KeypointState.Visible;
        return state == KeypointState.Absent ? default : new Keypoint(point[0] * size.Width, point[1] * size.Height, state);
    }

    private static long Whole(string text)
    {
        // Some tools write class numbers as 0.0.
        var number = Number(text);
        return Math.Floor(number) == number ? (long)number : throw new FormatException($"Expected a class number, but received \"{text}\".");
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e6
            ? number
            : throw new FormatException($"Expected a number, but received \"{Excerpt.Of(text, 40)}\".");
}
