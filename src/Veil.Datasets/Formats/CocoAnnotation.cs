using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Veil.Datasets.Masks;
using Veil.Datasets.Reading;
using Veil.Regions;

namespace Veil.Datasets.Formats;

/// <summary>One annotation of a COCO file as an object.</summary>
internal static class CocoAnnotation
{
    private static readonly HashSet<string> Known = ["id", "image_id", "category_id", "bbox", "segmentation", "keypoints", "num_keypoints", "area", "iscrowd", "ignore"];

    /// <exception cref="FormatException">A field is missing or not of its kind.</exception>
    /// <exception cref="UnknownCategoryException">Its category is not declared.</exception>
    /// <exception cref="MaskFormatException">Its mask does not fit the picture.</exception>
    public static DatasetObject Read(JsonElement annotation, Dictionary<long, DatasetCategory> categories, CocoPicture picture, DatasetPlace place)
    {
        var number = annotation.Need("category_id").Whole("category_id");
        if (!categories.TryGetValue(number, out var category))
        {
            throw new UnknownCategoryException($"Expected a category_id of the file's categories, but received {number}.");
        }

        var (polygons, mask) = annotation.Find("segmentation") is { } segmentation ? ReadSegmentation(segmentation, picture) : ([], null);
        var keypoints = annotation.Find("keypoints") is { } points ? ReadKeypoints(points) : [];
        return new DatasetObject(category, BoxOf(annotation, polygons, mask), place)
        {
            Id = annotation.Find("id")?.GetRawText(),
            Polygons = polygons,
            Mask = mask,
            Keypoints = keypoints,
            Area = annotation.Find("area") is { ValueKind: JsonValueKind.Number } area ? area.GetDouble() : null,
            IsCrowd = annotation.Find("iscrowd").Flag("iscrowd"),
            IsIgnored = annotation.Find("ignore").Flag("ignore"),
            Attributes = ReadAttributes(annotation),
        };
    }

    /// <summary>A segmentation object of COCO or Scalabel: <c>{"size": [rows, columns], "counts": …}</c>.</summary>
    public static RunLengthMask ReadMask(JsonElement mask, int? width, int? height)
    {
        if (mask.Need("size").Numbers("size") is not [var rows, var columns])
        {
            throw new MaskFormatException("Expected \"size\" as [rows, columns].");
        }

        if ((width is { } w && columns != w) || (height is { } h && rows != h))
        {
            throw new MaskFormatException($"Expected a mask of the picture's {width}×{height}, but it is one of {columns}×{rows}.");
        }

        if (!(rows >= 1 && columns >= 1 && rows * columns <= uint.MaxValue && rows <= 1 << 24 && columns <= 1 << 24))
        {
            throw new MaskFormatException($"Expected the size of a picture, but received {columns}×{rows}.");
        }

        var counts = mask.Need("counts");
        try
        {
            return counts.ValueKind == JsonValueKind.String
                ? RunLengthMask.Parse((int)columns, (int)rows, counts.GetString()!)
                : RunLengthMask.FromCounts((int)columns, (int)rows, [.. counts.Numbers("counts").Select(Count)]);
        }
        catch (FormatException error)
        {
            throw new MaskFormatException(error.Message, error);
        }
    }

    private static uint Count(double count) => count is >= 0 and <= uint.MaxValue && Math.Floor(count) == count
        ? (uint)count
        : throw new FormatException($"Expected run lengths of 0 or more, but received {count}.");

    private static (ImmutableArray<Polygon> Polygons, RunLengthMask? Mask) ReadSegmentation(JsonElement segmentation, CocoPicture picture)
    {
        if (segmentation.ValueKind == JsonValueKind.Object)
        {
            return ([], ReadMask(segmentation, picture.Width, picture.Height));
        }

        var polygons = ImmutableArray.CreateBuilder<Polygon>(segmentation.Items("segmentation"));
        foreach (var item in segmentation.EnumerateArray())
        {
            var coordinates = item.Numbers("segmentation");
            polygons.Add(coordinates.Length % 2 == 0
                ? new Polygon(ImmutableCollectionsMarshal.AsImmutableArray(coordinates))
                : throw new FormatException($"Expected x and y of each corner in \"segmentation\", but received {coordinates.Length} numbers."));
        }

        return (polygons.DrainToImmutable(), null);
    }

    private static ImmutableArray<Keypoint> ReadKeypoints(JsonElement points)
    {
        var numbers = points.Numbers("keypoints");
        if (numbers.Length % 3 != 0)
        {
            throw new FormatException($"Expected x, y and visibility of each point in \"keypoints\", but received {numbers.Length} numbers.");
        }

        // Keypoints are indices of pixels, unlike everything else in the format: their centres lie half a pixel on.
        return [.. numbers.Chunk(3).Select(point => point switch
        {
            [_, _, 0] => default,
            [var x, var y, 1] => new Keypoint(x + .5, y + .5, KeypointState.Hidden),
            [var x, var y, 2] => new Keypoint(x + .5, y + .5, KeypointState.Visible),
            _ => throw new FormatException($"Expected a visibility of 0, 1 or 2 in \"keypoints\", but received {point[2]}."),
        })];
    }

    private static Box BoxOf(JsonElement annotation, ImmutableArray<Polygon> polygons, RunLengthMask? mask)
    {
        if (annotation.Find("bbox") is { } box)
        {
            return box.Numbers("bbox") is [var x, var y, var width, var height]
                ? new Box((float)x, (float)y, (float)(x + width), (float)(y + height))
                : throw new FormatException("Expected \"bbox\" as [x, y, width, height].");
        }

        if (mask is not null)
        {
            return Box.Of(mask.Bounds);
        }

        return Polygon.BoxAround(polygons) ?? throw new FormatException("Expected \"bbox\" or \"segmentation\", but there is neither.");
    }

    private static ImmutableSortedDictionary<string, string> ReadAttributes(JsonElement annotation)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var field in annotation.EnumerateObject())
        {
            if (field.Name == "attributes" && field.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in field.Value.EnumerateObject())
                {
                    attributes[inner.Name] = Words(inner.Value);
                }
            }
            else if (!Known.Contains(field.Name))
            {
                attributes[field.Name] = Words(field.Value);
            }
        }

        return attributes.ToImmutable();
    }

    private static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };
}
