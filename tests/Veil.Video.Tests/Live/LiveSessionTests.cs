using FsCheck;
using FsCheck.Fluent;
using Veil.Errors;
using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

/// <summary>
/// Whole sessions with their threads, on the machine's clock. How many frames are shown in a time depends on the machine, so
/// that sources go on until what is waited for has come; none may ever show a square.
/// </summary>
public sealed class LiveSessionTests
{
    private readonly LiveOptions _options = new()
    {
        Latency = TimeSpan.FromMilliseconds(240), FramesPerSecond = 60, ReconnectAfter = TimeSpan.FromMilliseconds(20), HealthEvery = TimeSpan.FromMilliseconds(100),
        SilentFor = TimeSpan.FromHours(1),
    };

    private readonly List<LiveHealth> _health = [];
    private readonly FakeSink _sink = NewSink();

    /// <summary>Where a session can be when it is cancelled.</summary>
    public enum Moment
    {
        Beginning,
        Searching,
        Covering,
        Writing,
    }

    private int Shown => _health.Sum(health => health.Shown);

    private int Whole => _health.Sum(health => health.CoveredWhole);

    private int Dropped => _health.Sum(health => health.Dropped);

    private int Arrived => _health.Sum(health => health.Arrived);

    [Fact]
    public async Task Frames_go_out_with_their_squares_covered()
    {
        var source = new FakeSource(Until(() => _sink.Shown > 20));
        await RunAsync(source, MarkedFrames.Treatment());

        Assert.Equal(source.Sent, Arrived);
        Assert.Equal(source.Sent, Shown + Whole + Dropped);
        Assert.Equal((_sink.Shown, _sink.Grey), (Shown, Whole));
        Assert.True(_sink.IsFinished);
    }

    [Fact]
    public async Task While_a_detector_hangs_frames_are_covered_whole_and_then_shown_again()
    {
        var (searches, shownBefore, hasHung) = (0, 0, false);
        var finder = new SquareFinder(_ =>
        {
            if (++searches == 30)
            {
                var grey = _sink.Grey;
                Eventually.True(() => _sink.Grey > grey + 20);

                // What was known before it hung has gone out by now.
                shownBefore = _sink.Shown;
                Volatile.Write(ref hasHung, true);
            }
        });
        await RunAsync(new FakeSource(Until(() => Volatile.Read(ref hasHung) && _sink.Shown > shownBefore)), MarkedFrames.Treatment(() => finder));

        Assert.True(hasHung);
        Assert.True(_sink.Shown > shownBefore);
    }

    [Fact]
    public async Task A_detector_that_cannot_be_made_for_a_while_covers_frames_whole()
    {
        var made = 0;
        await RunAsync(
            new FakeSource(Until(() => _sink.Shown > 0)),
            MarkedFrames.Treatment(() => ++made < 3 || _sink.Grey == 0 ? throw new VeilException(VeilErrorCode.InvalidModel, "no model yet") : new SquareFinder()));

        Assert.True(made >= 3);
        Assert.True(Whole > 0);
        Assert.True(Shown > 0);
        Assert.Contains(_health, health => health.LastFailure?.Contains("no model yet", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_file_begins_when_the_detector_is_ready()
    {
        var (isReady, wasReady) = (false, false);
        var source = new FakeSource(Until(() => _sink.Shown > 0)) { IsFile = true, Opening = () => wasReady = Volatile.Read(ref isReady) };
        await RunAsync(
            source,
            MarkedFrames.Treatment(() =>
            {
                // Were it not waited for, it would be opened meanwhile.
                Thread.Sleep(100);
                Volatile.Write(ref isReady, true);
                return new SquareFinder();
            }));

        Assert.True(wasReady);
    }

    [Fact]
    public async Task A_method_that_fails_covers_its_frames_whole()
    {
        var count = 0;
        await RunAsync(
            new FakeSource(Until(() => count > 10 && _sink.Shown > 0 && _sink.Grey > 0)), MarkedFrames.Treatment(anonymizer: new FailingMethod(() => ++count % 3 == 0)));

        Assert.True(Whole > 0);
        Assert.True(Shown > 0);
        Assert.Contains(_health, health => health.LastFailure?.Contains("a defect", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_detector_slower_than_the_frames_holds_none_of_them_up()
    {
        var searches = 0;
        var source = new FakeSource(Until(() => Volatile.Read(ref searches) > 3));

        // Each search lasts until more frames went out than wait at most: were they to wait for it, it would last for ever.
        var finder = new SquareFinder(_ =>
        {
            var until = _sink.Grey + new LiveTiming(_options.Latency, _options.FramesPerSecond).MostWaiting;
            Eventually.True(() => searches > 3 || _sink.Grey > until);
            Interlocked.Increment(ref searches);
        });
        await RunAsync(source, MarkedFrames.Treatment(() => finder));

        Assert.True(Whole > 0);
        Assert.Equal(source.Sent, Shown + Whole + Dropped);
    }

    [Fact]
    public async Task A_sink_that_blocks_makes_frames_drop_rather_than_come_late()
    {
        var (written, shownBefore) = (0, int.MaxValue);
        FakeSource? source = null;
        _sink.Before = () =>
        {
            if (++written == 20)
            {
                var until = source!.Sent + 100;
                Eventually.True(() => source.Sent >= until);

                // The frame that is being written may be shown as well.
                Volatile.Write(ref shownBefore, _sink.Shown + 1);
            }
        };
        source = new FakeSource(Until(() => _sink.Shown > Volatile.Read(ref shownBefore)));
        await RunAsync(source, MarkedFrames.Treatment());

        // No more than these could wait for it.
        Assert.True(Dropped >= 100 - new LiveTiming(_options.Latency, _options.FramesPerSecond).MostWaiting - 1, $"{Dropped} frames were dropped");
        Assert.Equal(source.Sent, Shown + Whole + Dropped);
    }

    [Fact]
    public async Task A_source_that_ends_is_opened_again_until_it_is_there()
    {
        var source = new FakeSource(new(60), Absent, Absent, new(60), new(30, Width: 64), Until(() => _sink.Shown > 0));
        await RunAsync(source, MarkedFrames.Treatment());

        Assert.Equal(3, _health[^1].Reconnects);
        Assert.Equal(source.Sent, Arrived);

        // Frames of another size do not fit into the output.
        Assert.True(Dropped >= 30);
        Assert.Equal(1, _sink.Opened);
        Assert.Equal(0, source.Open);
    }

    [Fact]
    public async Task A_source_that_falls_silent_is_opened_again()
    {
        var source = new FakeSource(new(1) { IsSilent = true }, new(30));
        await RunAsync(source, MarkedFrames.Treatment(), _options with { SilentFor = TimeSpan.FromMilliseconds(100) });

        Assert.Equal(31, Arrived);
        Assert.Equal(1, _health[^1].Reconnects);
    }

    [Fact]
    public async Task A_source_that_is_not_there_at_first_is_an_error()
    {
        var error = await Assert.ThrowsAsync<VeilException>(() => RunAsync(new FakeSource(Absent, new(30)), MarkedFrames.Treatment()));

        Assert.Equal(VeilErrorCode.UnreadableInput, error.Code);
        Assert.Empty(_sink.Frames);
    }

    [Fact]
    public async Task A_sink_that_dies_is_opened_again()
    {
        _sink.BreaksAt = 20;
        await RunAsync(new FakeSource(Until(() => _sink.Frames.Count > 20)), MarkedFrames.Treatment());

        Assert.Equal((2, 0), (_sink.Opened, _sink.Open));
    }

    [Fact]
    public async Task A_sink_that_dies_for_good_ends_the_session()
    {
        (_sink.BreaksAt, _sink.Returns) = (20, false);
        var source = new FakeSource(Until(() => false));

        var error = await Assert.ThrowsAsync<VeilException>(() => RunAsync(source, MarkedFrames.Treatment()));

        Assert.Equal(VeilErrorCode.UnwritableOutput, error.Code);
        Assert.Equal((0, 0), (_sink.Open, source.Open));
    }

    [Theory]
    [InlineData(Moment.Beginning)]
    [InlineData(Moment.Searching)]
    [InlineData(Moment.Covering)]
    [InlineData(Moment.Writing)]
    public async Task It_can_be_cancelled_at_any_time(Moment moment)
    {
        using var stop = new CancellationTokenSource();
        var (searches, covered, written) = (0, 0, 0);
        var source = new FakeSource(Until(() => false));
        _sink.Before = () => StopIf(moment == Moment.Writing && ++written == 5);
        StopIf(moment == Moment.Beginning);

        await RunAsync(
            source,
            MarkedFrames.Treatment(() => new SquareFinder(_ => StopIf(moment == Moment.Searching && ++searches == 5)), new FailingMethod(() =>
            {
                StopIf(moment == Moment.Covering && ++covered == 5);
                return false;
            })),
            _options, stop.Token);

        Assert.Equal((0, 0), (_sink.Open, source.Open));

        void StopIf(bool isThen)
        {
            if (isThen)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public async Task A_detection_that_never_returns_does_not_hold_the_session_up()
    {
        using var never = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        _sink.Before = () =>
        {
            if (_sink.Grey == 5)
            {
                stop.Cancel();
            }
        };
        await RunAsync(new FakeSource(Until(() => false)), MarkedFrames.Treatment(() => new SquareFinder(_ => never.Wait(CancellationToken.None))), _options, stop.Token);

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
                new FakeSource(new(40), Absent, new(30, Width: 64), new(50)) { Interval = TimeSpan.FromMilliseconds(8) },
                sink, _options,
                MarkedFrames.Treatment(() => finding.Next(5) == 0 ? throw new InvalidOperationException() : new SquareFinder(_ => Stall(finding)), new FailingMethod(() => covering.Next(10) == 0)),
                TimeProvider.System);
            session.RunAsync(_ => { }, CancellationToken.None).WaitAsync(Eventually.Patience).GetAwaiter().GetResult();
            return sink.Wrong.Count == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4));

    private static FakeSource.Connection Absent => new(0) { IsAbsent = true };

    private static FakeSource.Connection Until(Func<bool> condition) => new(0) { Until = condition };

    /// <summary>Disturbs, at any strength: nothing is concluded from how long it takes.</summary>
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
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var session = new LiveSession(source, _sink, options, treatment, TimeProvider.System);
        var run = session.RunAsync(_health.Add, stop.Token);
        try
        {
            await run.WaitAsync(Eventually.Patience, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            await stop.CancelAsync();
            throw new TimeoutException($"What the source waits for does not come: {_sink.Shown} frames were shown, {_sink.Grey} covered whole.");
        }
        finally
        {
            Assert.Empty(_sink.Wrong);
        }
    }
}
