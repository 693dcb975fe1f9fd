using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;

namespace Veil.Regions;

/// <summary>
/// Reads a regions document. Files are edited by hand, so every error names the place in the file, what was expected there
/// and what came.
/// </summary>
public static class RegionsDocumentReader
{
    /// <summary>What <c>"format"</c> must say.</summary>
    public const string Format = "veil-regions";

    private const int LandmarkCount = 5;
    private const double LongestSeconds = 366 * 24 * 3600.0;
    private const double FarthestPoint = 1 << 24;

    /// <summary>Reads a whole document.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidRegions"/>.</exception>
    public static RegionsDocument Read(Stream stream)
    {
        try
        {
            using var json = JsonDocument.Parse(stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(json.RootElement);
        }
        catch (JsonException error)
        {
            throw new VeilException(VeilErrorCode.InvalidRegions, "Not valid JSON: " + error.Message, "", error);
        }
        catch (InvalidOperationException error) when (error.TargetSite?.DeclaringType?.Assembly == typeof(JsonDocument).Assembly)
        {
            // The parser takes texts as they are; bytes that are no characters show when one is read.
            throw new VeilException(VeilErrorCode.InvalidRegions, "Not valid JSON: a text in it is not valid Unicode.", "Save the file as UTF-8.", error);
        }
    }

    /// <summary>The frames of an object that has a list of them.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidRegions"/>.</exception>
    public static IReadOnlyList<FrameRegions> ReadFrames(JsonElement element) => Items(Property(element, "frames", "$"), "$.frames", ReadFrame).ToList();

    private static RegionsDocument Read(JsonElement root)
    {
        Require(root.ValueKind == JsonValueKind.Object, "$", "an object", root);
        var format = Property(root, "format", "$");
        Require(format.ValueKind == JsonValueKind.String && format.GetString() == Format, "$.format", $"\"{Format}\"", format);
        var version = Integer(Property(root, "version", "$"), "$.version");
        if (version != RegionsDocumentWriter.Version)
        {
            throw new VeilException(
                VeilErrorCode.InvalidRegions, $"Expected version {RegionsDocumentWriter.Version} of the regions format, but received {version}.",
                "Write the file again with this version of 'veil detect'.");
        }

        var timelines = Items(Property(root, "items", "$"), "$.items", ReadTimeline).ToList();
        var twice = timelines.GroupBy(timeline => timeline.File, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new RegionsDocument(timelines)
            : throw new VeilException(VeilErrorCode.InvalidRegions, $"'{twice.Key}' has more than one entry.", "Merge them: each file may stand once.");
    }

    private static RegionTimeline ReadTimeline(JsonElement element, string path)
    {
        Require(element.ValueKind == JsonValueKind.Object, path, "an object", element);
        var file = Property(element, "file", path);
        Require(file.ValueKind == JsonValueKind.String, path + ".file", "a text", file);
        var width = Integer(Property(element, "width", path), path + ".width");
        var height = Integer(Property(element, "height", path), path + ".height");
        var frames = Items(Property(element, "frames", path), path + ".frames", ReadFrame).ToList();
        return new RegionTimeline(file.GetString()!, width, height, frames);
    }

    private static FrameRegions ReadFrame(JsonElement element, string path)
    {
        Require(element.ValueKind == JsonValueKind.Object, path, "an object", element);
        var index = Integer(Property(element, "index", path), path + ".index");
        var seconds = element.TryGetProperty("seconds", out var time) ? Number(time, path + ".seconds") : 0;
        Require(Math.Abs(seconds) <= LongestSeconds, path + ".seconds", "a time within a year", time);
        return new FrameRegions(index, TimeSpan.FromSeconds(seconds), Items(Property(element, "regions", path), path + ".regions", ReadRegion).ToList())
        {
            People = element.TryGetProperty(PersonCountsJson.Name, out var people) ? PersonCountsJson.Read(people) : null,
        };
    }

    private static Region ReadRegion(JsonElement element, string path)
    {
        Require(element.ValueKind == JsonValueKind.Object, path, "an object", element);
        var box = ReadBox(Property(element, "box", path), path + ".box");
        var kind = Name<RegionKind>(Property(element, "kind", path), path + ".kind");
        var score = element.TryGetProperty("score", out var scoreElement) ? (float)Number(scoreElement, path + ".score") : 1;
        Require(score is >= 0 and <= 1, path + ".score", "a number from 0 to 1", scoreElement);
        var origin = new RegionOrigin(RegionSource.Hand);
        if (element.TryGetProperty("origin", out var from))
        {
            Require(from.ValueKind == JsonValueKind.Object, path + ".origin", "an object", from);
            origin = new RegionOrigin(
                Name<RegionSource>(Property(from, "source", path + ".origin"), path + ".origin.source"),
                from.TryGetProperty("name", out var name) ? name.ToString() : "");
        }

        return new Region(box, kind, score, origin)
        {
            Reference = element.TryGetProperty("reference", out var reference) ? ReadBox(reference, path + ".reference") : null,
            Track = element.TryGetProperty("track", out var track) ? Integer(track, path + ".track") : null,
            Person = element.TryGetProperty("person", out var person) ? Integer(person, path + ".person") : null,
            Points = element.TryGetProperty("points", out var points) ? ReadPoints(points, path + ".points") : null,
            Landmarks = element.TryGetProperty("landmarks", out var landmarks) ? ReadLandmarks(landmarks, path + ".landmarks") : null,
            Outline = element.TryGetProperty("outline", out var outline) ? ReadOutline(outline, path + ".outline") : [],
            Mask = element.TryGetProperty("mask", out var mask) ? ReadMask(mask, path + ".mask") : null,
        };
    }

    private static Box ReadBox(JsonElement element, string path)
    {
        var edges = Items(element, path, Number).ToArray();
        Require(edges.Length == 4 && edges[2] > edges[0] && edges[3] > edges[1], path, "[left, top, right, bottom] with right > left and bottom > top", element);
        Require(edges.All(edge => Math.Abs(edge) < FarthestPoint), path, "edges within ±16,777,216", element);
        return new Box((float)edges[0], (float)edges[1], (float)edges[2], (float)edges[3]);
    }

    private static FaceLandmarks ReadLandmarks(JsonElement element, string path)
    {
        var points = Items(element, path, Point).ToArray();
        Require(points.Length == LandmarkCount, path, "five points: eyes, nose, mouth corners", element);
        return new FaceLandmarks(points[0], points[1], points[2], points[3], points[4]);
    }

    private static FacePoints ReadPoints(JsonElement element, string path)
    {
        Require(element.ValueKind == JsonValueKind.Object, path, "an object", element);
        var layout = Name<FacePointLayout>(Property(element, "layout", path), path + ".layout");
        var coordinates = Property(element, "coordinates", path);
        var numbers = Items(coordinates, path + ".coordinates", Number).ToArray();
        var count = FacePoints.CountOf(layout);
        Require(
            numbers.Length == 2 * count && numbers.All(number => Math.Abs(number) < FarthestPoint), path + ".coordinates",
            $"x and y of {count} points in turn, within ±16,777,216", coordinates);
        return new FacePoints(layout, [.. Enumerable.Range(0, count).Select(i => new Vector2((float)numbers[2 * i], (float)numbers[(2 * i) + 1]))]);
    }

    private static ImmutableArray<Vector2> ReadOutline(JsonElement element, string path)
    {
        var points = Items(element, path, Point).ToImmutableArray();
        Require(points.Length >= 3, path, "three points or more", element);
        return points;
    }

    private static RegionMask ReadMask(JsonElement element, string path)
    {
        Require(element.ValueKind == JsonValueKind.Object, path, "an object", element);
        var edges = Items(Property(element, "bounds", path), path + ".bounds", Integer).ToArray();
        Require(edges.Length == 4 && edges.All(edge => Math.Abs((long)edge) < FarthestPoint), path + ".bounds", "[left, top, right, bottom] within ±16,777,216", element.GetProperty("bounds"));
        var bounds = new PixelRect(edges[0], edges[1], edges[2], edges[3]);
        Require(!bounds.IsEmpty && (long)bounds.Width * bounds.Height <= int.MaxValue / 2, path + ".bounds", "a rectangle that is not empty nor enormous", element.GetProperty("bounds"));
        var runs = Items(Property(element, "runs", path), path + ".runs", Integer).ToArray();
        var pixels = bounds.Width * bounds.Height;
        var at = 0;
        for (var i = 0; i + 1 < runs.Length; i += 2)
        {
            Require(runs[i] >= 0 && runs[i] <= pixels - at && runs[i + 1] is >= 0 and <= 255, $"{path}.runs[{i}]", "a run that fits and a coverage of 0 to 255", element.GetProperty("runs"));
            at += runs[i];
        }

        Require(at == pixels && runs.Length % 2 == 0, path + ".runs", $"pairs of length and coverage that add up to {pixels} pixels, not {at}", element.GetProperty("runs"));

        // Not before all is known to be sound: a mistaken mask of a gigabyte shall not take one.
        var coverage = new byte[pixels];
        for (var (i, from) = (0, 0); i < runs.Length; from += runs[i], i += 2)
        {
            coverage.AsSpan(from, runs[i]).Fill((byte)runs[i + 1]);
        }

        return new RegionMask(bounds, coverage).Packed();
    }

    private static Vector2 Point(JsonElement element, string path)
    {
        var numbers = Items(element, path, Number).ToArray();
        Require(numbers.Length == 2 && numbers.All(number => Math.Abs(number) < FarthestPoint), path, "[x, y] within ±16,777,216", element);
        return new Vector2((float)numbers[0], (float)numbers[1]);
    }

    private static IEnumerable<T> Items<T>(JsonElement element, string path, Func<JsonElement, string, T> read)
    {
        Require(element.ValueKind == JsonValueKind.Array, path, "a list", element);
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            yield return read(item, $"{path}[{index++}]");
        }
    }

    private static JsonElement Property(JsonElement element, string name, string path) =>
        element.TryGetProperty(name, out var value) ? value : throw Invalid(path, $"a property \"{name}\"", "none");

    private static int Integer(JsonElement element, string path)
    {
        Require(element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out _), path, "a whole number", element);
        return element.GetInt32();
    }

    private static double Number(JsonElement element, string path)
    {
        Require(element.ValueKind == JsonValueKind.Number && double.IsFinite(element.GetDouble()), path, "a number", element);
        return element.GetDouble();
    }

    private static T Name<T>(JsonElement element, string path)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (element.ValueKind == JsonValueKind.String && element.GetString() == RegionJson.NameOf(value))
            {
                return value;
            }
        }

        throw Invalid(path, "one of " + string.Join(", ", Enum.GetValues<T>().Select(RegionJson.NameOf)), element.ToString());
    }

    private static void Require(bool condition, string path, string expected, JsonElement element)
    {
        if (!condition)
        {
            throw Invalid(path, expected, element.ValueKind == JsonValueKind.Undefined ? "nothing" : element.GetRawText());
        }
    }

    private static VeilException Invalid(string path, string expected, string received) => new(
        VeilErrorCode.InvalidRegions, $"At {path}: expected {expected}, but received {Excerpt.Of(received)}.",
        "docs/regions.md describes the format.");
}
