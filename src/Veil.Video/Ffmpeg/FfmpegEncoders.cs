using Veil.Errors;

namespace Veil.Video.Ffmpeg;

/// <summary>What the installed ffmpeg can encode with. Thread-safe.</summary>
internal static class FfmpegEncoders
{
    private static readonly Lazy<HashSet<string>> Listed = new(List);

    /// <summary>True when ffmpeg was built with an encoder; whether it works here, e.g. for hardware, <see cref="Try"/> tells.</summary>
    public static bool Has(string name) => Listed.Value.Contains(name);

    /// <summary>Encodes a grey frame, to know that an encoder works with its settings.</summary>
    /// <param name="name">ffmpeg's name.</param>
    /// <param name="arguments">Its settings.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Try(string name, IReadOnlyList<string> arguments)
    {
        using var process = FfmpegProcess.Start(
            FfmpegPrograms.Ffmpeg,
            ["-v", "error", "-nostdin", "-f", "lavfi", "-i", "color=gray:s=320x240:r=25:d=0.2", "-c:v", name, .. arguments, "-f", "null", "-"]);
        process.Input.Close();
        process.Output.CopyTo(Stream.Null);
        return process.WaitForExit(CancellationToken.None) == 0 ? null : process.Said is { Length: > 0 } said ? said : "ffmpeg gives no reason";
    }

    private static HashSet<string> List()
    {
        using var process = FfmpegProcess.Start(FfmpegPrograms.Ffmpeg, ["-v", "error", "-nostdin", "-hide_banner", "-encoders"]);
        process.Input.Close();
        using var reader = new StreamReader(process.Output);
        var names = reader.ReadToEnd().Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [['V', ..] and { Length: 6 }, not "=", ..])
            .Select(words => words[1])
            .ToHashSet(StringComparer.Ordinal);
        return process.WaitForExit(CancellationToken.None) == 0
            ? names
            : throw new VeilException(VeilErrorCode.MissingNative, $"ffmpeg does not run: {process.Said}", "Reinstall it.");
    }
}
