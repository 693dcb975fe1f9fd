using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Imaging;
using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

/// <summary>
/// Sessions whose treatment changes while they run. Every frame that goes out is looked at: it is grey, or covered by one treatment. That a change makes none grey
/// is shown without a clock, by LiveSearchTests.
/// </summary>
public sealed class LiveChangeTests : IDisposable
{
    // Long, so that a busy machine makes no frame grey that a change did not.
    private readonly LiveOptions _options = new() { Latency = TimeSpan.FromSeconds(2), FramesPerSecond = 60, HealthEvery = TimeSpan.FromMilliseconds(100), SilentFor = TimeSpan.FromHours(1) };

    private readonly FakeSink _sink = new()
    {
        Check = samples => MarkedFrames.IsGrey(samples) || MarkedFrames.IsSafe(samples, MarkedFrames.Pool().Geometry) ? null : "a square shows",
    };

    public void Dispose() => _sink.Dispose();

    [Fact]
    public Task A_treatment_that_finds_the_same_changes_the_cover_alone() => RunAsync(async session =>
    {
        var made = 0;
        await session.ChangeAsync(Treatment("squares", 90, () => ++made), CancellationToken.None);
        await ShownWithAsync(90);
        Assert.Equal(0, made);
    });

    [Fact]
    public Task A_treatment_that_finds_otherwise_takes_over_from_one_frame_to_the_next() => RunAsync(async session =>
    {
        foreach (var shade in new byte[] { 90, 120, 150, 60 })
        {
            await session.ChangeAsync(Treatment("squares by " + shade, shade), CancellationToken.None);
            await ShownWithAsync(shade);
        }
    });

    [Fact]
    public Task While_networks_are_loaded_the_old_treatment_goes_on() => RunAsync(async session =>
    {
        using var loaded = new ManualResetEventSlim();
        var change = session.ChangeAsync(Treatment("others", 90, loaded.Wait), CancellationToken.None);
        var shown = _sink.Shown;
        await Eventually.TrueAsync(() => _sink.Shown > shown + 150);
        Assert.False(change.IsCompleted);
        loaded.Set();
        await change;
        await ShownWithAsync(90);
    });

    [Fact]
    public Task A_change_that_is_given_up_while_it_loads_leaves_the_old_treatment() => RunAsync(async session =>
    {
        using var loading = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        var change = session.ChangeAsync(
            Treatment("others", 90, () =>
            {
                loading.Set();
                stop.Token.WaitHandle.WaitOne();
                stop.Token.ThrowIfCancellationRequested();
            }),
            stop.Token);
        await Task.Run(loading.Wait);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => change);
        var shown = _sink.Shown;
        await Eventually.TrueAsync(() => _sink.Shown > shown + 150);
        Assert.DoesNotContain(_sink.Frames, frame => IsShade(frame, 90));
        await session.ChangeAsync(Treatment("squares", 120), CancellationToken.None);
        await ShownWithAsync(120);
    });

    [Fact]
    public Task Another_latency_holds_for_the_frames_that_follow() => RunAsync(async session =>
    {
        for (var seconds = 4; seconds > 1; seconds--)
        {
            session.Change(TimeSpan.FromSeconds(seconds));
            await session.ChangeAsync(Treatment("squares", (byte)(30 * seconds)), CancellationToken.None);
            await ShownWithAsync((byte)(30 * seconds));
        }
    });

    [Fact]
    public async Task A_treatment_that_cannot_be_made_takes_over_with_grey_frames()
    {
        using var session = await StartAsync();
        await session.Running.ChangeAsync(Treatment("nothing", 90, () => throw new VeilException(VeilErrorCode.InvalidModel, "no model")), CancellationToken.None);
        await Eventually.TrueAsync(() => _sink.Grey > 5 && MarkedFrames.IsGrey(_sink.Frames[^1]));
        await session.Running.ChangeAsync(Treatment("squares", 120), CancellationToken.None);
        await ShownWithAsync(120);
        await session.EndAsync();
        Assert.Empty(_sink.Wrong);
    }

    [Fact]
    public async Task Changes_at_any_time_show_nothing_that_neither_treatment_covers()
    {
        using var session = await StartAsync();
        var random = new Random(5);
        for (var change = 0; change < 40; change++)
        {
            using var giveUp = new CancellationTokenSource();
            var making = session.Running.ChangeAsync(Treatment("finding " + random.Next(3), (byte)(30 + random.Next(180)), () => Thread.Sleep(random.Next(20))), giveUp.Token);
            if (random.Next(2) == 0)
            {
                await Task.WhenAny(making, Task.Delay(random.Next(25), CancellationToken.None));
                await giveUp.CancelAsync();
            }

            try
            {
                await making;
            }
            catch (OperationCanceledException)
            {
                // Given up, as is any choice that is followed by another.
            }

            session.Running.Change(TimeSpan.FromSeconds(1 + random.NextDouble()));
        }

        await session.Running.ChangeAsync(Treatment("last", 220), CancellationToken.None);
        await ShownWithAsync(220);
        await session.EndAsync();
        Assert.Empty(_sink.Wrong);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.Running.ChangeAsync(Treatment("too late", 90), CancellationToken.None));
    }

    private static LiveTreatment Treatment(string finding, byte shade, Action? making = null) => MarkedFrames.Treatment(
        () =>
        {
            making?.Invoke();
            return new SquareFinder();
        },
        SolidAnonymizer.Describe().Create(new SolidOptions { Color = new Rgb(shade, shade, shade) })) with { Finding = finding };

    /// <summary>The brightness that most pixels have: that of the cover, since all else is noise.</summary>
    private static int ShadeOf(byte[] frame) => frame.Take(96 * 64).GroupBy(sample => sample).MaxBy(group => group.Count())!.Key;

    private async Task RunAsync(Func<LiveSession, Task> test)
    {
        using var session = await StartAsync();
        await test(session.Running);
        await session.EndAsync();
        Assert.Empty(_sink.Wrong);
    }

    private async Task<Session> StartAsync()
    {
        var session = new Session(new LiveSession(new FakeSource(new FakeSource.Connection(0) { Until = () => false }), _sink, _options, Treatment("squares", 30), TimeProvider.System));
        await Eventually.TrueAsync(() => _sink.Shown > 20);
        return session;
    }

    // Limited range, so that not the same number.
    private static bool IsShade(byte[] frame, byte shade) => Math.Abs(ShadeOf(frame) - (16 + (shade * 219 / 255))) <= 2;

    private Task ShownWithAsync(byte shade) => Eventually.TrueAsync(() => IsShade(_sink.Frames[^1], shade));

    private sealed class Session : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        public Session(LiveSession session)
        {
            Running = session;
            _run = session.RunAsync(_ => { }, _stop.Token);
        }

        public LiveSession Running { get; }

        public async Task EndAsync()
        {
            await _stop.CancelAsync();
            await _run.WaitAsync(Eventually.Patience);
        }

        public void Dispose() => _stop.Dispose();
    }
}
