using System.Diagnostics;
using System.Text.Json;

namespace Veil.Imaging.Tests.Metadata;

/// <summary>ExifTool (Debian: libimage-exiftool-perl), a reader of metadata that knows nothing of ours.</summary>
internal static class Exiftool
{
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, "exiftool")).FirstOrDefault(File.Exists);

    /// <summary>Every field of every file in a folder: names as <c>Group:Field</c>, values as text, by file name.</summary>
    public static Dictionary<string, Dictionary<string, string>> Read(string folder)
    {
        // Duplicates and unknown fields too, groups by directory, numbers unformatted, embedded files as well.
        var start = new ProcessStartInfo(Path!, ["-j", "-a", "-u", "-n", "-ee", "-G1", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var json = JsonDocument.Parse(process.StandardOutput.BaseStream);
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(4)));
        return json.RootElement.EnumerateArray().ToDictionary(
            file => System.IO.Path.GetFileName(file.GetProperty("SourceFile").GetString()!),
            file => file.EnumerateObject().Where(field => field.Name != "SourceFile").ToDictionary(field => field.Name, field => field.Value.ToString()));
    }
}

/// <summary>A test that compares with ExifTool on real photos; it skips, saying so, where either is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExiftoolFactAttribute : FactAttribute
{
    public ExiftoolFactAttribute() =>
        Skip = !SharedData.Has("metadata") ? "needs shared/data/metadata, which is not here"
            : Exiftool.Path is null ? "needs exiftool (apt-get install libimage-exiftool-perl)"
            : null;
}
