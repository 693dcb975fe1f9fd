namespace Veil.Testing;

/// <summary>A folder of its own for one test, deleted afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Its full path.</summary>
    public string FullPath { get; } = Directory.CreateTempSubdirectory("veil-test-").FullName;

    /// <summary>A path below it.</summary>
    public string this[string relative] => Path.Combine(FullPath, relative);

    /// <summary>Writes a file below it, with the folders it needs.</summary>
    public string Write(string relative, ReadOnlySpan<byte> content)
    {
        var path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Every file below it, relative, with forward slashes, sorted.</summary>
    public IReadOnlyList<string> Files() => [.. Directory.EnumerateFiles(FullPath, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(FullPath, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
