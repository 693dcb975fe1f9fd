using Veil.Errors;

namespace Veil.Video.Ffmpeg;

/// <summary>Where ffmpeg and ffprobe are. They run as processes of their own: a crash of a decoder is an error message here.</summary>
public static class FfmpegPrograms
{
    private static readonly string[] Usual = ["libx264", "libx265", "libvpx-vp9", "libsvtav1", "libaom-av1", "mpeg4", "mpeg2video", "prores_ks", "ffv1"];

    /// <summary>The decoder and encoder.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>.</exception>
    public static string Ffmpeg => Find("ffmpeg");

    /// <summary>The prober.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>.</exception>
    public static string Ffprobe => Find("ffprobe");

    /// <summary>The program that starts another in a session of its own; null where there is none.</summary>
    internal static string? Setsid => TryFind("setsid");

    /// <summary>True when both are here.</summary>
    public static bool AreHere => TryFind("ffmpeg") is not null && TryFind("ffprobe") is not null;

    /// <summary>The version of the decoder and encoder, in words.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>.</exception>
    public static string Version
    {
        get
        {
            using var process = FfmpegProcess.Start(Ffmpeg, ["-version"]);
            process.Input.Close();
            using var reader = new StreamReader(process.Output);
            var first = reader.ReadLine() ?? "";
            reader.ReadToEnd();
            return process.WaitForExit(CancellationToken.None) == 0 && first.StartsWith("ffmpeg version ", StringComparison.Ordinal)
                ? string.Join(' ', first.Split(' ').Take(3))
                : throw new VeilException(VeilErrorCode.MissingNative, $"ffmpeg does not run: {process.Said}", "Reinstall it.");
        }
    }

    /// <summary>Those of the encoders that Veil chooses by itself which this ffmpeg has.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>.</exception>
    public static IReadOnlyList<string> Encoders =>
        [.. Usual.Where(FfmpegEncoders.Has)];

    private static string Find(string name) => TryFind(name) ?? throw new VeilException(
        VeilErrorCode.MissingNative, $"Videos need the program {name}, which is not in PATH.", "Install it with your system's packages, e.g. apt-get install ffmpeg.");

    private static string? TryFind(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
