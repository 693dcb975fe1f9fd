using Veil.Imaging;

namespace Veil.Studio.Starting;

/// <summary>Which files look like pictures or films by their names: only to count and to filter, content decides later.</summary>
internal static class MediaNames
{
    private static readonly HashSet<string> Films = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".mts", ".m2ts", ".ts", ".wmv", ".flv", ".ogv", ".3gp",
    };

    /// <summary>Every extension, with the dot, lower case.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. PictureFormats.Extensions, .. Films];

    /// <summary>Whether a file looks like a picture.</summary>
    public static bool IsPicture(string path) => PictureFormats.FromExtension(Path.GetExtension(path)) is not null;

    /// <summary>Whether a file looks like a film.</summary>
    public static bool IsFilm(string path) => Films.Contains(Path.GetExtension(path));
}
