namespace Veil.Datasets.Reading;

/// <summary>File names as annotations have them: they may come from anywhere, and must not lead anywhere else.</summary>
internal static class SafeName
{
    private const int Longest = 1024;

    /// <summary>The name with forward slashes and without <c>.</c> parts; null when it is empty, absolute, or leads upwards.</summary>
    public static string? Normalise(string name)
    {
        if (name.Length is 0 or > Longest || name.Any(char.IsControl))
        {
            return null;
        }

        var parts = name.Replace('\\', '/').Split('/');
        return parts[0].Length == 0 || parts[0].Contains(':', StringComparison.Ordinal) || parts.Contains("..") || parts[^1].Length == 0
            ? null
            : string.Join('/', parts.Where(part => part.Length > 0 && part != "."));
    }
}
