using System.Globalization;
using System.Net.NetworkInformation;
using Veil.Pipeline;
using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

/// <summary>Streams from and to another ffmpeg on this machine, which is killed and comes back.</summary>
public sealed class LivePeerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LiveOptions _options = new()
    {
        ReconnectAfter = TimeSpan.FromMilliseconds(100), HealthEvery = TimeSpan.FromMilliseconds(100), SilentFor = TimeSpan.FromSeconds(2), Existing = OverwritePolicy.Replace,
    };

    private readonly string _port = CoveredPlace.FreePort().ToString(CultureInfo.InvariantCulture);
    private int _shown;
    private int _reconnects;
    private string? _failure;

    public void Dispose() => _folder.Dispose();

    [FfmpegTheory]
    [InlineData("udp://127.0.0.1:PORT?overrun_nonfatal=1", "-f mpegts udp://127.0.0.1:PORT?pkt_size=1316")]
    [InlineData("tcp://127.0.0.1:PORT", "-f mpegts tcp://127.0.0.1:PORT?listen=1")]
    [InlineData("http://127.0.0.1:PORT/a.ts", "-f mpegts -listen 1 http://127.0.0.1:PORT/a.ts")]
    [InlineData("srt://127.0.0.1:PORT", "-f mpegts srt://127.0.0.1:PORT?mode=listener")]
    [InlineData("rtmp://127.0.0.1:PORT/live/a", "-f flv -listen 1 rtmp://127.0.0.1:PORT/live/a")]
    public async Task A_sender_that_is_killed_and_comes_back_is_received(string source, string sender)
    {
        var (clip, target) = (await CoveredPlace.ClipAsync(_folder, 600), _folder["out.mkv"]);
        using var stop = new CancellationTokenSource();
        using var peer = new FfmpegPeer(_ => ["-re", "-i", clip, "-c", "copy", .. Words(sender)]);
        await Eventually.TrueAsync(() => !sender.Contains("listen", StringComparison.Ordinal) || IsTaken());
        var session = RunAsync(At(source), target, stop.Token);
        await UntilAsync(() => _shown > 10, session);

        var (reconnects, starts) = (_reconnects, peer.Starts);
        peer.Kill();
        await UntilAsync(() => peer.Starts > starts, session);

        // More than were on their way when it was killed. Datagrams go on without anything to be opened again.
        var shown = _shown + 30;
        await UntilAsync(() => _shown > shown && (_reconnects > reconnects || source.StartsWith("udp", StringComparison.Ordinal)), session);
        await stop.CancelAsync();
        await session.WaitAsync(Eventually.Patience);

        await CoveredPlace.AssertSafeAsync(target);
    }

    [FfmpegTheory]
    [InlineData("udp://127.0.0.1:PORT", "-i udp://127.0.0.1:PORT?overrun_nonfatal=1")]
    [InlineData("tcp://127.0.0.1:PORT?listen=1", "-i tcp://127.0.0.1:PORT")]
    [InlineData("http://127.0.0.1:PORT/a.ts", "-listen 1 -i http://127.0.0.1:PORT/a.ts")]
    [InlineData("srt://127.0.0.1:PORT?mode=listener", "-i srt://127.0.0.1:PORT")]
    [InlineData("rtmp://127.0.0.1:PORT/live/a", "-listen 1 -i rtmp://127.0.0.1:PORT/live/a")]
    [InlineData("rtsp://127.0.0.1:PORT/live?udp", "-rtsp_flags listen -i rtsp://127.0.0.1:PORT/live")]
    [InlineData("rtsp://127.0.0.1:PORT/live", "-rtsp_flags listen -i rtsp://127.0.0.1:PORT/live")]
    public async Task A_receiver_that_is_killed_and_comes_back_gets_covered_pictures(string sink, string receiver)
    {
        var clip = await CoveredPlace.ClipAsync(_folder, 600);
        using var stop = new CancellationTokenSource();
        using var peer = new FfmpegPeer(starts => [.. Words(receiver), "-c", "copy", "-flush_packets", "1", _folder[$"received-{starts}.mkv"]]);
        var session = RunAsync(clip, At(sink), stop.Token);
        await UntilAsync(() => Received().Any(), session);

        var starts = peer.Starts;
        peer.Kill();
        await UntilAsync(() => Received().Any(start => start >= starts), session);
        await stop.CancelAsync();
        await session.WaitAsync(Eventually.Patience);
        peer.Dispose();

        Assert.True(_shown > 0);
        foreach (var start in Received())
        {
            await CoveredPlace.AssertSafeAsync(_folder[$"received-{start}.mkv"]);
        }

        IEnumerable<int> Received() => Enumerable.Range(0, peer.Starts).Where(start => new FileInfo(_folder[$"received-{start}.mkv"]) is { Exists: true, Length: > 10_000 });
    }

    private string At(string address) => address.Replace("PORT", _port, StringComparison.Ordinal);

    private string[] Words(string arguments) => At(arguments).Split(' ');

    private bool IsTaken()
    {
        var (all, port) = (IPGlobalProperties.GetIPGlobalProperties(), int.Parse(_port, CultureInfo.InvariantCulture));
        return all.GetActiveTcpListeners().Concat(all.GetActiveUdpListeners()).Any(end => end.Port == port);
    }

    /// <summary>Waits while the session goes on.</summary>
    private async Task UntilAsync(Func<bool> condition, Task session)
    {
        try
        {
            await Eventually.TrueAsync(() => condition() || session.IsCompleted);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{_shown} frames were shown, {_reconnects} times it was opened again, and the last failure is: {_failure}");
        }

        if (session.IsCompleted)
        {
            await session;
            Assert.Fail("The session ended.");
        }
    }

    private async Task RunAsync(string source, string sink, CancellationToken cancellationToken)
    {
        using var session = new LiveSession(LiveEndpoint.Parse(source), LiveEndpoint.Parse(sink), _options, CoveredPlace.Treatment);
        await session.RunAsync(
            health =>
            {
                _shown += health.Shown;
                (_reconnects, _failure) = (health.Reconnects, health.LastFailure ?? _failure);
            },
            cancellationToken);
    }
}
