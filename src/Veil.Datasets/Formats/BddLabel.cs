using System.Collections.Immutable;
using System.Text.Json;
using Veil.Datasets.Masks;
using Veil.Datasets.Reading;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Datasets.Formats;

/// <summary>One label of a BDD100K frame as an object.</summary>
internal static class BddLabel
{
    private const int CurveSteps = 16;

    /// <summary>The labels of a frame: in <c>labels</c>, or in the objects of its only moment as in the first release.</summary>
    /// <exception cref="FormatException">It has them in neither way.</exception>
    public static IEnumerable<JsonElement> LabelsOf(JsonElement frame)
    {
        if (frame.Find("labels") is { } labels)
        {
            labels.Items("labels");
            return labels.EnumerateArray();
        }

        if (frame.Find("frames") is { } frames)
        {
            return frames.Items("frames") == 1 && frames[0].Find("objects") is { } objects && objects.Items("objects") >= 0
                ? objects.EnumerateArray()
                : throw new FormatException("Expected one frame with \"objects\".");
        }

        return [];
    }

    /// <summary>Reads a label; null for lanes and areas, which are no objects.</summary>
    /// <param name="label">The label.</param>
    /// <param name="categories">All there are.</param>
    /// <param name="ofObjects">Whether the file is about objects; others have names of their own.</param>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="FormatException">A field is missing or not of its kind.</exception>
    /// <exception cref="UnknownCategoryException">Its category is none of the releases'.</exception>
    /// <exception cref="MaskFormatException">Its mask cannot be decoded.</exception>
    public static DatasetObject? Read(JsonElement label, IReadOnlyList<DatasetCategory> categories, bool ofObjects, DatasetPlace place)
    {
        var name = label.Need("category").Text("category");
        var (box, outlines, mask) = (label.Find("box2d"), label.Find("poly2d"), label.Find("rle"));
        if (categories.FirstOrDefault(known => known.Name == name) is not { } category)
        {
            // Lanes and drivable areas stand among the objects in the first release, and on their own later.
            return box is null && (!ofObjects || IsRoad(name))
                ? null
                : throw new UnknownCategoryException($"Expected a category of BDD100K, but received \"{Excerpt.Of(name, 60)}\".");
        }

        var polygons = outlines is { } outline ? ReadPolygons(outline) : [];
        var pixels = mask is { } runs ? CocoAnnotation.ReadMask(runs, null, null) : null;
        var attributes = label.Find("attributes") is { ValueKind: JsonValueKind.Object } fields ? fields : default(JsonElement?);
        return new DatasetObject(category, BoxOf(box, polygons, pixels), place)
        {
            Id = label.Find("id")?.ToString(),
            Polygons = polygons,
            Mask = pixels,
            IsCrowd = attributes?.Find("crowd").Flag("crowd") ?? false,
            IsIgnored = attributes?.Find("ignored").Flag("ignored") ?? false,
            Attributes = attributes?.EnumerateObject().Where(field => field.Name is not ("crowd" or "ignored"))
                .ToImmutableSortedDictionary(field => field.Name, field => field.Value.ToString(), StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, string>.Empty,
        };
    }

    private static bool IsRoad(string name) =>
        name is "drivable area" or "lane" || name.StartsWith("area/", StringComparison.Ordinal) || name.StartsWith("lane/", StringComparison.Ordinal);

    private static Box BoxOf(JsonElement? box, ImmutableArray<Polygon> polygons, RunLengthMask? mask)
    {
        if (box is { } given)
        {
            // Both corners name pixels of the object (scalabel's box2d_to_bbox adds one).
            return new Box(
                (float)given.Need("x1").Number("x1"), (float)given.Need("y1").Number("y1"), (float)(given.Need("x2").Number("x2") + 1), (float)(given.Need("y2").Number("y2") + 1));
        }

        if (mask is not null)
        {
            return Box.Of(mask.Bounds);
        }

        return Polygon.BoxAround(polygons) ?? throw new FormatException("Expected \"box2d\", \"poly2d\" or \"rle\", but there is none.");
    }

    private static ImmutableArray<Polygon> ReadPolygons(JsonElement outlines)
    {
        if (outlines.Items("poly2d") == 0)
        {
            return [];
        }

        // The first release: [[x, y, "L"], …].
        if (outlines[0].ValueKind == JsonValueKind.Array)
        {
            var points = outlines.EnumerateArray().Select(point => point.Items("poly2d") == 3
                ? (point[0].Number("poly2d"), point[1].Number("poly2d"), point[2].Text("poly2d"))
                : throw new FormatException("Expected [x, y, type] for each corner in \"poly2d\".")).ToArray();
            return [Flatten([.. points.Select(point => (point.Item1, point.Item2))], string.Concat(points.Select(point => point.Item3)))];
        }

        var polygons = ImmutableArray.CreateBuilder<Polygon>();
        foreach (var outline in outlines.EnumerateArray())
        {
            if (outline.Find("closed") is { } closed && !((JsonElement?)closed).Flag("closed"))
            {
                continue;
            }

            var vertices = outline.Need("vertices");
            vertices.Items("vertices");
            (double, double)[] points =
            [
                .. vertices.EnumerateArray().Select(point => point.Numbers("vertices") is [var x, var y] ? (x, y) : throw new FormatException("Expected [x, y] for each corner in \"vertices\".")),
            ];
            polygons.Add(Flatten(points, outline.Find("types") is { } types ? types.Text("types") : new string('L', points.Length)));
        }

        return polygons.ToImmutable();
    }

    /// <summary>Corners and cubic curves (type C: two control points and an end) as corners only.</summary>
    private static Polygon Flatten((double X, double Y)[] points, string types)
    {
        if (types.Length != points.Length || points.Length == 0)
        {
            throw new FormatException($"Expected a type for each of {points.Length} corners, but received {types.Length}.");
        }

        var corners = ImmutableArray.CreateBuilder<double>();
        for (var i = 0; i < points.Length; i++)
        {
            // A curve may close the outline: its end is the first corner then.
            if (i > 0 && types[i] == 'C' && i + 1 < points.Length && types[i + 1] == 'C')
            {
                var end = i + 2 < points.Length && types[i + 2] == 'C' ? points[i + 2] : points[0];
                AddCurve(corners, points[i - 1], points[i], points[i + 1], end);
                i += 2;
            }
            else
            {
                corners.Add(points[i].X);
                corners.Add(points[i].Y);
            }
        }

        return new Polygon(corners.ToImmutable());
    }

    private static void AddCurve(ImmutableArray<double>.Builder corners, (double X, double Y) from, (double X, double Y) one, (double X, double Y) two, (double X, double Y) to)
    {
        for (var step = 1; step <= CurveSteps; step++)
        {
            var t = (double)step / CurveSteps;
            var (a, b, c, d) = ((1 - t) * (1 - t) * (1 - t), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t);
            corners.Add((a * from.X) + (b * one.X) + (c * two.X) + (d * to.X));
            corners.Add((a * from.Y) + (b * one.Y) + (c * two.Y) + (d * to.Y));
        }
    }
}
