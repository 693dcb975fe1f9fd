namespace Veil.Tests;

public sealed class LiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("page:0", "port")]
    [InlineData("gopher://a/b", "rtsp")]
    [InlineData("page:8080", "--latency", "--latency", "5")]
    [InlineData("page:8080", "LongestSide", "--longest-side", "9000")]
    [InlineData("page:8080", "several people", "--method", "swap")]
    [InlineData("page:8080", "--only", "--only", ".")]
    [InlineData("page:8080", "--except", "--except", ".")]
    public void What_cannot_be_shown_live_is_explained(string sink, string because, params string[] options) =>
        Assert.Contains(because, VeilProcess.Run(["live", "in.mp4", sink, .. options]).Exits(2).Errors, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_source_that_is_not_there_is_explained() =>
        Assert.Contains("no file", VeilProcess.Run("live", _folder["none.mp4"], _folder["out.mkv"]).Exits(2).Errors, StringComparison.Ordinal);

    [Fact]
    public void A_camera_that_is_not_there_is_explained() =>
        Assert.Contains("/dev/video250", VeilProcess.Run("live", "/dev/video250", _folder["out.mkv"]).Exits(2).Errors, StringComparison.Ordinal);

    /// <summary>Both of the group, as a terminal sends it, and of the program alone, as a service manager does.</summary>
    [FfmpegTheory]
    [InlineData("mkv", "-")]
    [InlineData("mp4", "-")]
    [InlineData("mkv", "")]
    public void Interrupted_it_ends_a_recording_in_good_order(string extension, string group)
    {
        Clip.Make(_folder["second.mp4"], "-f lavfi -i testsrc2=s=320x180:r=25:d=1 -c:v libx264 -preset ultrafast");
        Clip.Make(_folder["clip.mp4"], $"-stream_loop 600 -i \"{_folder["second.mp4"]}\" -c copy");
        var output = _folder["out." + extension];
        using var process = VeilProcess.StartGroup("live", _folder["clip.mp4"], output, "--latency", "500");
        var errors = process.StandardError.ReadToEndAsync();
        Eventually.True(() => process.HasExited || (File.Exists(output) && new FileInfo(output).Length > 100_000));
        Assert.True(Shell.Run(_folder.FullPath, $"kill -INT -- {group}{process.Id}"));
        Assert.True(process.WaitForExit(Eventually.Patience));

        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        Assert.NotEmpty(Clip.Times(output));
        Assert.True(IsComplete(output));
    }

    /// <summary>A Matroska file has a duration, an MP4 in pieces an index, only when its writer came to the end.</summary>
    private static bool IsComplete(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return path.EndsWith(".mp4", StringComparison.Ordinal) ? bytes.AsSpan().IndexOf("mfro"u8) > 0 : Shell.Run(".", $"ffprobe -v error -show_entries format=duration -of csv=p=0 '{path}' | grep -q '[0-9]'");
    }
}
