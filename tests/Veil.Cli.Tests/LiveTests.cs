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
}
