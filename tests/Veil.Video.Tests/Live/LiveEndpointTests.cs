using Veil.Errors;
using Veil.Pipeline;
using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

public sealed class LiveEndpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/dev/video0", LiveEndpointKind.Device)]
    [InlineData("rtsp://camera:554/main", LiveEndpointKind.Address)]
    [InlineData("SRT://0.0.0.0:9000?mode=listener", LiveEndpointKind.Address)]
    [InlineData("page:8080", LiveEndpointKind.Page)]
    [InlineData("out.mkv", LiveEndpointKind.File)]
    [InlineData("/tmp/part-%03d.mkv", LiveEndpointKind.File)]
    public void Places_are_told_apart(string text, LiveEndpointKind kind) => Assert.Equal(kind, LiveEndpoint.Parse(text).Kind);

    [Theory]
    [InlineData("page:0")]
    [InlineData("page:70000")]
    [InlineData("page:")]
    [InlineData("page:+80")]
    [InlineData("file:///etc/passwd")]
    [InlineData("concat://a")]
    [InlineData(" ")]
    public void Other_places_are_refused(string text) =>
        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => LiveEndpoint.Parse(text)).Code);

    [Fact]
    public void What_is_not_there_is_told_before_anything_is_opened()
    {
        var options = new LiveOptions();
        var source = LiveEndpoint.Parse(_folder.Write("in.mp4", [1]));

        Assert.Equal(VeilErrorCode.UnreadableInput, Code(() => LiveEndpoints.Source(LiveEndpoint.Parse(_folder["none.mp4"]), options)));
        Assert.Equal(VeilErrorCode.InvalidOption, Code(() => LiveEndpoints.Source(LiveEndpoint.Parse("page:8080"), options)));
        Assert.Equal(VeilErrorCode.InvalidOption, Code(() => LiveEndpoints.Sink(source, source, options)));
        Assert.Equal(VeilErrorCode.UnwritableOutput, Code(() => LiveEndpoints.Sink(LiveEndpoint.Parse(_folder["none/out.mkv"]), source, options)));
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(VeilErrorCode.UnreadableInput, Code(() => LiveEndpoints.Source(LiveEndpoint.Parse("/dev/video250"), options)));
            Assert.Equal(VeilErrorCode.UnwritableOutput, Code(() => LiveEndpoints.Sink(LiveEndpoint.Parse("/dev/video250"), source, options)));
        }
    }

    [Fact]
    public void An_old_recording_is_overwritten_only_when_asked()
    {
        var source = LiveEndpoint.Parse(_folder.Write("in.mp4", [1]));
        var sink = LiveEndpoint.Parse(_folder.Write("out.mkv", [1]));

        Assert.Equal(VeilErrorCode.OutputExists, Code(() => LiveEndpoints.Sink(sink, source, new LiveOptions())));
        LiveEndpoints.Sink(sink, source, new LiveOptions { Existing = OverwritePolicy.Replace }).Dispose();
    }

    [Fact]
    public void Numbered_pieces_go_on_after_those_that_are_there()
    {
        _folder.Write("part-000.mkv", [1]);
        _folder.Write("part-001.mkv", [1]);

        var arguments = LiveEndpoint.Parse(_folder["part-%03d.mkv"]).OutputArguments(30);

        Assert.Equal("2", arguments[arguments.ToList().IndexOf("-segment_start_number") + 1]);
        Assert.Contains("-strftime", LiveEndpoint.Parse(_folder["%H%M.mkv"]).OutputArguments(30));
    }

    [Fact]
    public void A_camera_is_read_and_a_loopback_device_written_by_Video4Linux()
    {
        Assert.Equal(["-f", "v4l2", "-i", "/dev/video0"], LiveEndpoint.Parse("/dev/video0").InputArguments());
        Assert.Equal(["-c:v", "rawvideo", "-pix_fmt", "yuv420p", "-f", "v4l2", "/dev/video9"], LiveEndpoint.Parse("/dev/video9").OutputArguments(25));
    }

    [Theory]
    [InlineData("rtsp://a/b")]
    [InlineData("http://a/b.m3u8")]
    [InlineData("udp://127.0.0.1:9")]
    [InlineData("rtmp://a/b")]
    public void No_source_leads_to_local_files(string address)
    {
        var arguments = LiveEndpoint.Parse(address).InputArguments().ToList();

        Assert.DoesNotContain("file", arguments[arguments.IndexOf("-protocol_whitelist") + 1].Split(','));
    }

    private static VeilErrorCode Code(Action action) => Assert.Throws<VeilException>(action).Code;
}
