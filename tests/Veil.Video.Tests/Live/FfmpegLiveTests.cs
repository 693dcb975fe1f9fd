using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Video.Ffmpeg;
using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

public sealed class FfmpegLiveTests : IDisposable
{
    private const int Width = 160;
    private const int Height = 120;
    private static readonly PixelRect Covered = new(60, 40, 100, 80);

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
        var (source, target) = (await ClipAsync(2), _folder["out.mkv"]);

        // It ends with the file. On a slow machine all of its frames may be late.
        await UntilAsync(() => _out >= 10, async () =>
        {
            _out = 0;
            await RunAsync(source, target);
        });

        await AssertSafeAsync(target, fewest: 1);
        Assert.Empty(Left(target));
    }

    [FfmpegFact]
    public async Task A_file_becomes_numbered_pieces()
    {
        var source = await ClipAsync(1);
        await UntilAsync(() => Pieces().Any(), () => RunAsync(source, _folder["part-%03d.mkv"]));
        await UntilAsync(() => Pieces().Skip(1).Any(), () => RunAsync(source, _folder["part-%03d.mkv"]));

        Assert.Equal(["part-000.mkv", "part-001.mkv"], Pieces());
        await AssertSafeAsync(_folder["part-000.mkv"], fewest: 1);
        await AssertSafeAsync(_folder["part-001.mkv"], fewest: 1);

        IEnumerable<string> Pieces() => _folder.Files().Where(file => file.StartsWith("part", StringComparison.Ordinal));
    }

    [FfmpegFact]
    public async Task A_sender_that_comes_back_with_another_size_fits_into_the_same_recording()
    {
        var (address, target) = ($"tcp://127.0.0.1:{FreePort()}", _folder["out.mkv"]);
        using var stop = new CancellationTokenSource();
        var session = RunAsync(address + "?listen=1", target, stop.Token);

        // The port may not be open yet; a sender that finds none ends at once, and the first that arrives decides on the size.
        await UntilAsync(() => _out > 0, () => SendAsync(address, $"{Width}x{Height}"));
        var before = _arrived;
        await UntilAsync(() => _reconnects > 0 && _arrived > before, () => SendAsync(address, "320x180"));
        await stop.CancelAsync();
        await session.WaitAsync(Eventually.Patience);

        await AssertSafeAsync(target, fewest: 1);
        Assert.Empty(Left(target));
        Assert.Empty(Left(address));
    }

    [FfmpegFact]
    public async Task The_page_shows_covered_pictures()
    {
        var port = FreePort();
        using var stop = new CancellationTokenSource();
        var session = RunAsync(await ClipAsync(600), $"page:{port}", stop.Token);
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
        await AssertSafeAsync(_folder["picture.jpg"], fewest: 1);
    }

    [FfmpegFact]
    public async Task Cancelled_amid_waiting_for_a_sender_it_leaves_no_process()
    {
        var port = FreePort();
        using var stop = new CancellationTokenSource();
        var session = RunAsync($"tcp://127.0.0.1:{port}?listen=1", _folder["out.mkv"], stop.Token);
        await Eventually.TrueAsync(() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(end => end.Port == port));

        await stop.CancelAsync();
        await session.WaitAsync(Eventually.Patience);

        Assert.Empty(Left($":{port}"));
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<byte[]> FfmpegAsync(params string[] arguments)
    {
        using var process = FfmpegProcess.Start(FfmpegPrograms.Ffmpeg, ["-v", "error", "-nostdin", .. arguments]);
        using var output = new MemoryStream();
        await process.Output.CopyToAsync(output);
        process.WaitForExit(CancellationToken.None);
        return output.ToArray();
    }

    private static Task<byte[]> SendAsync(string address, string size) => FfmpegAsync(
        "-re", "-f", "lavfi", "-i", $"testsrc2=size={size}:rate=25:duration=4", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "10",
        "-pix_fmt", "yuv420p", "-f", "mpegts", address);

    private async Task<string> ClipAsync(int seconds)
    {
        await FfmpegAsync("-f", "lavfi", "-i", $"testsrc2=size={Width}x{Height}:rate=25:duration=1", "-c:v", "libx264", "-pix_fmt", "yuv420p", _folder["second.mp4"]);
        await FfmpegAsync("-stream_loop", $"{seconds - 1}", "-i", _folder["second.mp4"], "-c", "copy", _folder["clip.mp4"]);
        return _folder["clip.mp4"];
    }

    private async Task RunAsync(string source, string sink, CancellationToken cancellationToken = default)
    {
        var treatment = MarkedFrames.Treatment(() => new Somebody());
        using var session = new LiveSession(LiveEndpoint.Parse(source), LiveEndpoint.Parse(sink), _options, treatment);
        await session.RunAsync(
            health =>
            {
                _arrived += health.Arrived;
                _out += health.Shown + health.CoveredWhole;
                _reconnects = health.Reconnects;
            },
            cancellationToken);
    }

    /// <summary>The covered place is black in every frame, or the frame is grey all over.</summary>
    private static async Task AssertSafeAsync(string path, int fewest)
    {
        var frames = await FfmpegAsync("-i", path, "-f", "rawvideo", "-pix_fmt", "gray", "-fps_mode", "passthrough", "pipe:1");
        Assert.True(frames.Length >= fewest * Width * Height, $"{path} has {frames.Length / (Width * Height)} frames");
        for (var start = 0; start < frames.Length; start += Width * Height)
        {
            var frame = frames[start..(start + (Width * Height))];
            var isGrey = frame.Max() - frame.Min() < 20;
            for (var y = Covered.Top; y < Covered.Bottom && !isGrey; y++)
            {
                for (var x = Covered.Left; x < Covered.Right; x++)
                {
                    Assert.True(frame[(y * Width) + x] < 60, $"pixel {x}, {y} of frame {start / (Width * Height)} is {frame[(y * Width) + x]}");
                }
            }
        }
    }

    /// <summary>Command lines of processes that work on a file or address.</summary>
    private static IEnumerable<string> Left(string place) => Process.GetProcessesByName("ffmpeg")
        .Select(process => $"/proc/{process.Id}/cmdline")
        .Where(File.Exists)
        .Select(path => File.ReadAllText(path).Replace('\0', ' '))
        .Where(line => line.Contains(place, StringComparison.Ordinal));

    /// <summary>Always finds the same place.</summary>
    private sealed class Somebody : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) =>
            [new Region(new Box(Covered.Left, Covered.Top, Covered.Right, Covered.Bottom), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector, "test"))];

        public void Dispose()
        {
        }
    }
}
