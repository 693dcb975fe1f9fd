namespace Veil.Datasets.Reading;

/// <summary>Tells by their names what files are likely to be. The content of pictures decides later; here nothing may pass as harmless that is a picture.</summary>
internal static class PictureFiles
{
    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".jp2", ".jxl", ".png", ".bmp", ".dib", ".webp", ".tif", ".tiff", ".gif", ".avif", ".heic", ".heif",
        ".pfm", ".ppm", ".pgm", ".pbm", ".pnm", ".tga", ".mpo", ".dng",
    };

    // Not JSON, XML or CSV: there are labels in them that hold whole pictures (LabelMe) or their pixels (FER2013).
    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ".txt", ".md", ".rst", ".yaml", ".yml", ".names", ".toml", ".ini", ".cfg", ".bib", ".license",
    };

    private static readonly HashSet<string> TextNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "README", "LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS", "VERSION", "CHANGELOG", "CITATION",
    };

    public static bool IsPicture(ReadOnlySpan<char> path) => Pictures.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Path.GetExtension(path));

    public static bool IsText(string path) => Texts.Contains(Path.GetExtension(path)) || TextNames.Contains(Path.GetFileName(path));
}
