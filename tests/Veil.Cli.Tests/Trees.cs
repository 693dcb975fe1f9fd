namespace Veil.Tests;

/// <summary>Compares what runs have written.</summary>
internal static class Trees
{
    /// <summary>Both folders hold the same files with the same bytes; what a run keeps for itself does not count.</summary>
    public static void Same(string expected, string actual)
    {
        Assert.Equal(Names(expected), Names(actual));
        foreach (var name in Names(expected))
        {
            Assert.True(File.ReadAllBytes(Path.Combine(expected, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, name))), $"{name} differs.");
        }
    }

    /// <summary>Names below a folder, with forward slashes, in order.</summary>
    public static IReadOnlyList<string> Names(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
        .Where(name => !name.StartsWith(".veil/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];
}
