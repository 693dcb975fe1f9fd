using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

public sealed class FfmpegLiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LiveOptions _options = new()
    {
        ReconnectAfter = TimeSpan.FromMilliseconds(100), HealthEvery = TimeSpan.FromMilliseconds(200), Existing = OverwritePolicy.Replace,
    };

    private int _arrived;
    private int _out;
    private int _reconnects;

    public void Dispose() => _folder.Dispose();

    [FfmpegFact]
    public async Task A_file_becomes_a_recording_in_which_nothing_shows()
    {
        var (source, target) = (await CoveredPlace.ClipAsync(_folder, 2), _folder["out.mkv"]);

        // It ends with the file. On a slow machine all of its frames may be late.
        await UntilAsync(() => _out >= 10, async () =>
        {
            _out = 0;
            await RunAsync(source, target);
        });

        await CoveredPlace.AssertSafeAsync(target);
        Assert.Empty(Left(target));
    }

    [FfmpegFact]
    public async Task A_file_becomes_numbered_pieces()
    {
        var source = await CoveredPlace.ClipAsync(_folder, 1);
        await UntilAsync(() => Pieces().Any(), () => RunAsync(source, _folder["part-%03d.mkv"]));
        await UntilAsync(() => Pieces().Skip(1).Any(), () => RunAsync(source, _folder["part-%03d.mkv"]));

        Assert.Equal(["part-000.mkv", "part-001.mkv"], Pieces());
        await CoveredPlace.AssertSafeAsync(_folder["part-000.mkv"]);
        await CoveredPlace.AssertSafeAsync(_folder["part-001.mkv"]);

        IEnumerable<string> Pieces() => _folder.Files().Where(file => file.StartsWith("part", StringComparison.Ordinal));
    }

    [FfmpegFact]
    public async Task A_sender_that_comes_back_with_another_size_fits_into_the_same_recording()
    {
        var (address, target) = ($"tcp://127.0.0.1:{CoveredPlace.FreePort()}", _folder["out.mkv"]);
        using var stop = new CancellationTokenSource();
        var session = RunAsync(address + "?listen=1", target, stop.Token);

        // The port may not be open yet; a sender that finds none ends at once, and the first that arrives decides on the size.
        await UntilAsync(() => _out > 0, () => SendAsync(address, $"{CoveredPlace.Width}x{CoveredPlace.Height}"));
        var before = _arrived;
        await UntilAsync(() => _reconnects > 0 && _arrived > before, () => SendAsync(address, "320x180"));
        await stop.CancelAsync();
        await session.WaitAsync(Eventually.Patience);

        await CoveredPlace.AssertSafeAsync(target);
        Assert.Empty(Left(target));
        Assert.Empty(Left(address));
    }

    [FfmpegFact]
    public async Task The_page_shows_covered_pictures()
    {
        var port = CoveredPlace.FreePort();
        using var stop = new CancellationTokenSource();
        var session = RunAsync(await CoveredPlace.ClipAsync(_folder, 600), $"page:{port}", stop.Token);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = Eventually.Patience };
        Assert.Contains("/stream", await client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/etc/passwd")).StatusCode);

        using var response = await client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("multipart/x-mixed-replace", response.Content.Headers.ContentType!.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var bytes = new byte[40_000];
        await stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Eventually.Patience);
        await stop.CancelAsync();
        await session.WaitAsync(Eventually.Patience);

        var start = bytes.AsSpan().IndexOf((byte)0xFF);
        _folder.Write("picture.jpg", bytes.AsSpan(start));
        await CoveredPlace.AssertSafeAsync(_folder["picture.jpg"]);
    }

    [FfmpegFact]
    public async Task Cancelled_amid_waiting_for_a_sender_it_leaves_no_process()
    {
        var port = CoveredPlace.FreePort();
        using var stop = new CancellationTokenSource();
        var session = RunAsync($"tcp://127.0.0.1:{port}?listen=1", _folder["out.mkv"], stop.Token);
        await Eventually.TrueAsync(() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(end => end.Port == port));

        await stop.CancelAsync();
        await session.WaitAsync(Eventually.Patience);

        Assert.Empty(Left($":{port}"));
    }

    [FfmpegFact]
    public async Task A_device_that_is_no_camera_is_an_error()
    {
        var source = await Assert.ThrowsAsync<VeilException>(() => RunAsync("/dev/null", _folder["out.mkv"]).WaitAsync(Eventually.Patience));
        Assert.Equal(VeilErrorCode.UnreadableInput, source.Code);
        Assert.Contains("/dev/null", source.Message, StringComparison.Ordinal);

        var clip = await CoveredPlace.ClipAsync(_folder, 600);
        var sink = await Assert.ThrowsAsync<VeilException>(() => RunAsync(clip, "/dev/null").WaitAsync(Eventually.Patience));
        Assert.Equal(VeilErrorCode.UnwritableOutput, sink.Code);
        Assert.Contains("video4linux", sink.Message, StringComparison.Ordinal);
    }

    /// <summary>Does something again and again until a condition holds.</summary>
    private static async Task UntilAsync(Func<bool> condition, Func<Task> action)
    {
        var more = Task.CompletedTask;
        await Eventually.TrueAsync(() =>
        {
            if (!more.IsCompleted || condition())
            {
                return more.IsCompleted;
            }

            more.GetAwaiter().GetResult();
            more = action();
            return false;
        });
    }

    private static Task<byte[]> SendAsync(string address, string size) => CoveredPlace.FfmpegAsync(
        "-re", "-f", "lavfi", "-i", $"testsrc2=size={size}:rate=25:duration=4", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "10",
        "-pix_fmt", "yuv420p", "-f", "mpegts", address);

    private async Task RunAsync(string source, string sink, CancellationToken cancellationToken = default)
    {
        using var session = new LiveSession(LiveEndpoint.Parse(source), LiveEndpoint.Parse(sink), _options, CoveredPlace.Treatment);
        await session.RunAsync(
            health =>
            {
                _arrived += health.Arrived;
                _out += health.Shown + health.CoveredWhole;
                _reconnects = health.Reconnects;
            },
            cancellationToken);
    }

    /// <summary>Command lines of processes that work on a file or address.</summary>
    private static IEnumerable<string> Left(string place) => Process.GetProcessesByName("ffmpeg")
        .Select(process => $"/proc/{process.Id}/cmdline")
        .Where(File.Exists)
        .Select(path => File.ReadAllText(path).Replace('\0', ' '))
        .Where(line => line.Contains(place, StringComparison.Ordinal));
}
