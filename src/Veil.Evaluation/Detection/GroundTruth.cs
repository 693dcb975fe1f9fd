using System.Text.Json;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Evaluation.Detection;

/// <summary>
/// Reads marked faces: a JSON array of <c>{"file": …, "faces": [{"box": [x, y, width, height], "easy": …, "medium": …,
/// "hard": …}]}</c>. Files are relative to the JSON file; x and y count pixels from the top-left corner.
/// </summary>
public static class GroundTruth
{
    /// <summary>Reads all pictures, in the order of the file.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: unreadable, or not of this form; the message says where.</exception>
    public static IReadOnlyList<AnnotatedPicture> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            AnnotatedPicture[] pictures = [.. document.RootElement.EnumerateArray().Select((picture, index) => ReadPicture(picture, index, folder))];
            return pictures.Length > 0 ? pictures : throw Broken(path, "it lists no picture", null);
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Broken(path, failure.Message, failure);
        }
    }

    private static AnnotatedPicture ReadPicture(JsonElement picture, int index, string folder)
    {
        var name = picture.GetProperty("file").GetString() ?? throw new FormatException($"picture {index} has no file name");
        return new AnnotatedPicture(
            Path.Combine(folder, name),
            [.. picture.GetProperty("faces").EnumerateArray().Select((face, number) => ReadFace(face, $"face {number} of {name}"))]);
    }

    private static AnnotatedFace ReadFace(JsonElement face, string where)
    {
        float[] edges = [.. face.GetProperty("box").EnumerateArray().Select(edge => edge.GetSingle())];
        return edges is [var left, var top, var width, var height]
            ? new AnnotatedFace(Box.FromSize(left, top, width, height), Flag(face, "easy"), Flag(face, "medium"), Flag(face, "hard"))
            : throw new FormatException($"expected 4 numbers in the box of {where}, but received {edges.Length}");
    }

    private static bool Flag(JsonElement face, string name) => face.TryGetProperty(name, out var flag) && flag.GetBoolean();

    private static VeilException Broken(string path, string why, Exception? cause) => new(
        VeilErrorCode.InvalidGroundTruth, $"Expected marked faces as a JSON array in {path}, but {why}.",
        "Each entry has \"file\" and \"faces\"; each face \"box\" [x, y, width, height] and \"easy\", \"medium\", \"hard\".", cause);
}
