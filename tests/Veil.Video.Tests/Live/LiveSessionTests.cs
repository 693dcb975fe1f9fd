using FsCheck;
using FsCheck.Fluent;
using Veil.Errors;
using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

/// <summary>
/// Whole sessions with their threads, on the machine's clock: how many frames are shown depends on the machine, but none may
/// ever show a square, and what is waited for comes at last.
/// </summary>
public sealed class LiveSessionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LiveOptions _options = new()
    {
        Latency = TimeSpan.FromMilliseconds(160), FramesPerSecond = 60, ReconnectAfter = TimeSpan.FromMilliseconds(20), HealthEvery = TimeSpan.FromMilliseconds(100),
    };

    private readonly List<LiveHealth> _health = [];
    private readonly FakeSink _sink = NewSink();

    private int Shown => _health.Sum(health => health.Shown);

    private int Whole => _health.Sum(health => health.CoveredWhole);

    [Fact]
    public async Task Frames_go_out_with_their_squares_covered()
    {
        await RunAsync(new FakeSource(new FakeSource.Connection(120)), MarkedFrames.Treatment());

        Assert.True(Shown > 0);
        Assert.Equal(120, _health.Sum(health => health.Arrived));
        Assert.Equal(120, Shown + Whole + _health.Sum(health => health.Dropped));
        Assert.Equal(Shown + Whole, _sink.Frames.Count);
        Assert.True(_sink.IsFinished);
    }

    [Fact]
    public async Task While_a_detector_hangs_frames_are_covered_whole_and_then_shown_again()
    {
        var (searches, shownBefore) = (0, 0);
        var finder = new SquareFinder(_ =>
        {
            if (++searches == 30)
            {
                shownBefore = _sink.Frames.Count(frame => !MarkedFrames.IsGrey(frame));
                Thread.Sleep(2000);
            }
        });
        await RunAsync(new FakeSource(new FakeSource.Connection(360)), MarkedFrames.Treatment(() => finder));

        Assert.True(Whole > 20, $"{Whole} frames were covered whole");
        Assert.True(Shown > shownBefore, $"{Shown} frames were shown, {shownBefore} of them before");
    }

    [Fact]
    public async Task A_detector_that_cannot_be_made_for_a_while_covers_frames_whole()
    {
        var made = 0;
        await RunAsync(
            new FakeSource(new FakeSource.Connection(180)),
            MarkedFrames.Treatment(() => ++made < 3 ? throw new VeilException(VeilErrorCode.InvalidModel, "no model yet") : new SquareFinder()));

        Assert.Equal(3, made);
        Assert.True(Whole > 0);
        Assert.True(Shown > 0);
        Assert.Contains(_health, health => health.LastFailure?.Contains("no model yet", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_method_that_fails_covers_its_frames_whole()
    {
        var count = 0;
        await RunAsync(new FakeSource(new FakeSource.Connection(120)), MarkedFrames.Treatment(anonymizer: new FailingMethod(() => ++count % 3 == 0)));

        Assert.True(Whole > 0);
        Assert.True(Shown > 0);
    }

    [Fact]
    public async Task A_detector_slower_than_the_frames_leaves_latency_bounded()
    {
        await RunAsync(new FakeSource(new FakeSource.Connection(180)), MarkedFrames.Treatment(() => new SquareFinder(_ => Thread.Sleep(300))));

        Assert.True(Whole > 0);

        // A frame's writing may be delayed by the machine; one that is late already is never begun.
        Assert.All(_health, health => Assert.True(health.MedianLatency < 3 * _options.Latency));
    }

    [Fact]
    public async Task A_sink_that_blocks_makes_frames_drop_rather_than_come_late()
    {
        var written = 0;
        _sink.Before = () => Thread.Sleep(++written == 20 ? 1000 : 0);
        await RunAsync(new FakeSource(new FakeSource.Connection(180)), MarkedFrames.Treatment());

        Assert.True(_health.Sum(health => health.Dropped) > 10);
        Assert.True(Shown > 0);
    }

    [Fact]
    public async Task A_source_that_ends_is_opened_again_until_it_is_there()
    {
        var source = new FakeSource(new(60), new(0), new(0), new(60), new(30, Width: 64), new(60));
        await RunAsync(source, MarkedFrames.Treatment());

        Assert.Equal(3, _health[^1].Reconnects);
        Assert.Equal(210, _health.Sum(health => health.Arrived));

        // Frames of another size do not fit into the output.
        Assert.True(_health.Sum(health => health.Dropped) >= 30);
        Assert.Equal(1, _sink.Opened);
        Assert.Equal(0, source.Open);
    }

    [Fact]
    public async Task A_source_that_falls_silent_is_opened_again()
    {
        var source = new FakeSource(new(30, IsSilent: true), new(30));
        await RunAsync(source, MarkedFrames.Treatment(), _options with { SilentFor = TimeSpan.FromSeconds(1) });

        Assert.Equal(60, _health.Sum(health => health.Arrived));
    }

    [Fact]
    public async Task A_source_that_is_not_there_at_first_is_an_error()
    {
        var error = await Assert.ThrowsAsync<VeilException>(() => RunAsync(new FakeSource(new(0), new(30)), MarkedFrames.Treatment()));

        Assert.Equal(VeilErrorCode.UnreadableInput, error.Code);
        Assert.Empty(_sink.Frames);
    }

    [Fact]
    public async Task A_sink_that_dies_is_opened_again()
    {
        _sink.BreaksAt = 20;
        await RunAsync(new FakeSource(new FakeSource.Connection(180)), MarkedFrames.Treatment());

        Assert.Equal((2, 0), (_sink.Opened, _sink.Open));
        Assert.True(_sink.Frames.Count > 20);
    }

    [Fact]
    public async Task A_sink_that_dies_for_good_ends_the_session()
    {
        (_sink.BreaksAt, _sink.Returns) = (20, false);
        var source = new FakeSource(new FakeSource.Connection(100_000));

        var error = await Assert.ThrowsAsync<VeilException>(() => RunAsync(source, MarkedFrames.Treatment()));

        Assert.Equal(VeilErrorCode.UnwritableOutput, error.Code);
        Assert.Equal((0, 0), (_sink.Open, source.Open));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(170)]
    [InlineData(900)]
    public async Task It_can_be_cancelled_at_any_time(int milliseconds)
    {
        var source = new FakeSource(new FakeSource.Connection(100_000));
        using var stop = new CancellationTokenSource(milliseconds);
        await RunAsync(source, MarkedFrames.Treatment(() => new SquareFinder(_ => Thread.Sleep(50))), _options, stop.Token);

        Assert.Equal((0, 0), (_sink.Open, source.Open));
    }

    [Fact]
    public async Task A_detection_that_never_returns_does_not_hold_the_session_up()
    {
        using var never = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource(500);
        await RunAsync(new FakeSource(new FakeSource.Connection(100_000)), MarkedFrames.Treatment(() => new SquareFinder(_ => never.Wait(CancellationToken.None))), _options, stop.Token);

        never.Set();
        Assert.Equal(0, Shown);
    }

    [Fact]
    public void Whatever_stalls_and_fails_no_frame_shows_a_square() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            // Each part draws from a generator of its own, since they run side by side.
            var (finding, covering, writing) = (new Random(seed), new Random(seed + 1), new Random(seed + 2));
            var sink = NewSink();
            sink.Before = () => Thread.Sleep(writing.Next(20) == 0 ? 200 : 0);
            sink.BreaksAt = writing.Next(60);
            using var session = new LiveSession(
                new FakeSource(new(40), new(0), new(30, Width: 64), new(50)) { Interval = TimeSpan.FromMilliseconds(8) },
                sink, _options,
                MarkedFrames.Treatment(() => finding.Next(5) == 0 ? throw new InvalidOperationException() : new SquareFinder(_ => Stall(finding)), new FailingMethod(() => covering.Next(10) == 0)),
                TimeProvider.System);
            session.RunAsync(_ => { }, CancellationToken.None).WaitAsync(Patience).GetAwaiter().GetResult();
            return sink.Wrong.Count == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4));

    private static void Stall(Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                throw new InvalidOperationException("a defect");
            case 1:
                Thread.Sleep(random.Next(400));
                break;
            case 2:
                Thread.Sleep(random.Next(60));
                break;
            default:
                break;
        }
    }

    private static FakeSink NewSink() => new()
    {
        Check = samples => MarkedFrames.IsGrey(samples) || MarkedFrames.IsSafe(samples, MarkedFrames.Pool().Geometry) ? null : "a square shows",
    };

    private Task RunAsync(ILiveSource source, LiveTreatment treatment) => RunAsync(source, treatment, _options);

    private async Task RunAsync(ILiveSource source, LiveTreatment treatment, LiveOptions options, CancellationToken cancellationToken = default)
    {
        using var session = new LiveSession(source, _sink, options, treatment, TimeProvider.System);
        try
        {
            await session.RunAsync(_health.Add, cancellationToken).WaitAsync(Patience, CancellationToken.None);
        }
        finally
        {
            Assert.Empty(_sink.Wrong);
        }
    }
}
