namespace Veil.Datasets.Reading;

/// <summary>Tells by their names what files are likely to be. The content of pictures decides later; here nothing may pass as harmless that is a picture.</summary>
internal static class PictureFiles
{
    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".jp2", ".jxl", ".png", ".bmp", ".dib", ".webp", ".tif", ".tiff", ".gif", ".avif", ".heic", ".heif",
        ".pfm", ".ppm", ".pgm", ".pbm", ".pnm", ".tga", ".mpo", ".dng",
    };

    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ".txt", ".md", ".rst", ".csv", ".tsv", ".yaml", ".yml", ".json", ".jsonl", ".xml", ".names", ".toml", ".ini", ".cfg", ".bib", ".license", "",
    };

    public static bool IsPicture(ReadOnlySpan<char> path) => Pictures.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Path.GetExtension(path));

    public static bool IsText(ReadOnlySpan<char> path) => Texts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Path.GetExtension(path));
}
