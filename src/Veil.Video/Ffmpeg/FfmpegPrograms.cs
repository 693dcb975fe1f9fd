using Veil.Errors;

namespace Veil.Video.Ffmpeg;

/// <summary>Where ffmpeg and ffprobe are. They run as processes of their own: a crash of a decoder is an error message here.</summary>
public static class FfmpegPrograms
{
    /// <summary>The decoder and encoder.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>.</exception>
    public static string Ffmpeg => Find("ffmpeg");

    /// <summary>The prober.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>.</exception>
    public static string Ffprobe => Find("ffprobe");

    /// <summary>True when both are here.</summary>
    public static bool AreHere => TryFind("ffmpeg") is not null && TryFind("ffprobe") is not null;

    private static string Find(string name) => TryFind(name) ?? throw new VeilException(
        VeilErrorCode.MissingNative, $"Videos need the program {name}, which is not in PATH.", "Install it with your system's packages, e.g. apt-get install ffmpeg.");

    private static string? TryFind(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
