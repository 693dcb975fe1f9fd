namespace Veil.Testing;

/// <summary>Whether ffmpeg is installed; video needs it.</summary>
public static class Ffmpeg
{
    /// <summary>Why a test has to be skipped, or null.</summary>
    public static string? Missing { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "ffmpeg")))
            ? null
            : "needs ffmpeg, which is not installed";
}

/// <summary>A test that needs ffmpeg; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FfmpegFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public FfmpegFactAttribute() => Skip = Ffmpeg.Missing;
}

/// <summary>A test with data that needs ffmpeg; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FfmpegTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for it.</summary>
    public FfmpegTheoryAttribute() => Skip = Ffmpeg.Missing;
}
