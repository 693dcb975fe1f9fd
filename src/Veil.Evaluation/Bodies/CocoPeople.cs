using System.Text.Json;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Evaluation.Bodies;

/// <summary>
/// Reads who is marked in a COCO instances file (https://cocodataset.org/#format-data): boxes x, y, width and height of
/// category "person", counted in pixels from the top-left corner, and which of them are crowds.
/// </summary>
public static class CocoPeople
{
    private const string Person = "person";

    /// <summary>Reads all pictures, in the order of the file, those without people included.</summary>
    /// <param name="path">The JSON file.</param>
    /// <param name="pictures">The folder that its file names are relative to.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: unreadable, or not of this form; the message says where.</exception>
    public static IReadOnlyList<MarkedPicture> Read(string path, string pictures)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(pictures);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var person = root.GetProperty("categories").EnumerateArray().FirstOrDefault(category => category.GetProperty("name").GetString() == Person);
            if (person.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException($"no category is named \"{Person}\"");
            }

            var id = person.GetProperty("id").GetInt64();
            var bodies = root.GetProperty("annotations").EnumerateArray()
                .Where(annotation => annotation.GetProperty("category_id").GetInt64() == id)
                .ToLookup(annotation => annotation.GetProperty("image_id").GetInt64(), ReadBody);
            var known = new HashSet<long>();
            MarkedPicture[] marked = [.. root.GetProperty("images").EnumerateArray().Select(image => ReadPicture(image, pictures, bodies, known))];
            var lost = bodies.FirstOrDefault(image => !known.Contains(image.Key));
            return lost is not null ? throw new FormatException($"image {lost.Key} has people but is not listed")
                : marked.Length == 0 ? throw new FormatException("it lists no picture")
                : marked;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new VeilException(
                VeilErrorCode.InvalidGroundTruth, $"Expected COCO instances as JSON in {path}, but {failure.Message}.",
                "It has \"images\" (id, file_name), \"annotations\" (image_id, category_id, bbox, iscrowd) and \"categories\" (id, name).", failure);
        }
    }

    /// <summary>
    /// Where COCO keeps the pictures of an instances file: for <c>annotations/instances_NAME.json</c> the folder NAME beside
    /// annotations; for a file of another name its own folder.
    /// </summary>
    /// <param name="path">The JSON file.</param>
    public static string PicturesOf(string path)
    {
        const string prefix = "instances_";
        var (folder, name) = (Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileNameWithoutExtension(path));
        return name.StartsWith(prefix, StringComparison.Ordinal) && Path.GetDirectoryName(folder) is { } parent ? Path.Combine(parent, name[prefix.Length..]) : folder;
    }

    private static MarkedPicture ReadPicture(JsonElement image, string folder, ILookup<long, MarkedBody> bodies, HashSet<long> known)
    {
        var id = image.GetProperty("id").GetInt64();
        var name = image.GetProperty("file_name").GetString() ?? throw new FormatException($"image {id} has no file name");
        return known.Add(id) ? new MarkedPicture(Path.Combine(folder, name), [.. bodies[id]]) : throw new FormatException($"image {id} is listed twice");
    }

    private static MarkedBody ReadBody(JsonElement annotation)
    {
        float[] edges = [.. annotation.GetProperty("bbox").EnumerateArray().Select(edge => edge.GetSingle())];
        if (edges is not [var left, var top, var width, var height])
        {
            throw new FormatException($"expected 4 numbers in bbox of annotation {annotation.GetProperty("id")}, but received {edges.Length}");
        }

        var body = new MarkedBody(Box.FromSize(left, top, width, height), annotation.TryGetProperty("iscrowd", out var crowd) && crowd.GetInt32() != 0);
        return annotation.TryGetProperty("area", out var area) ? body with { Area = area.GetDouble() } : body;
    }
}
