using Veil.Errors;
using Veil.Regions;
using Veil.Video.Live;
using Veil.Video.Planar;

namespace Veil.Video.Tests.Live;

public sealed class LivePresenterTests : IDisposable
{
    private readonly FramePool _pool = MarkedFrames.Pool();
    private readonly FakeTime _time = new();
    private readonly LiveOptions _options = new();
    private readonly LiveTiming _timing = new(TimeSpan.FromMilliseconds(300), 25);
    private readonly LiveQueue _queue = new();
    private readonly LiveFinding _finding = new(MarkedFrames.Treatment());
    private readonly LiveClock _clock;
    private readonly LiveMeter _meter;
    private readonly FakeSink _sink = new();

    public LivePresenterTests()
    {
        _clock = new LiveClock(_time);
        _meter = new LiveMeter(_clock);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _sink.Dispose();
    }

    [Fact]
    public void A_resolved_frame_has_its_regions_covered()
    {
        Add([Square()]);
        Run();

        var shown = Assert.Single(_sink.Frames);
        Assert.True(MarkedFrames.IsSafe(shown, _pool.Geometry));
        Assert.False(MarkedFrames.IsGrey(shown));
        Assert.True(_sink.IsFinished);
    }

    [Fact]
    public void An_unresolved_frame_is_covered_whole()
    {
        Add(null);
        Run();

        Assert.True(MarkedFrames.IsGrey(Assert.Single(_sink.Frames)));
        Assert.Equal((0, 1), (_meter.Take() is var health ? health.Shown : -1, health.CoveredWhole));
    }

    [Fact]
    public void A_frame_whose_method_fails_is_covered_whole()
    {
        Add([Square()]);
        Run(MarkedFrames.Treatment(anonymizer: new FailingMethod(() => true)));

        Assert.True(MarkedFrames.IsGrey(Assert.Single(_sink.Frames)));
        Assert.Contains("a defect", _meter.Take().LastFailure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_that_makes_no_sense_covers_the_frame_whole()
    {
        Add([Square() with { Box = new Box(float.NaN, 0, 1, 1) }]);
        Run();

        Assert.True(MarkedFrames.IsGrey(Assert.Single(_sink.Frames)));
    }

    [Fact]
    public void A_late_frame_is_dropped()
    {
        Add([Square()]);
        _time.Advance(_timing.DropAt);
        Run();

        Assert.Empty(_sink.Frames);
        Assert.Equal(1, _meter.Take().Dropped);
    }

    [Fact]
    public void A_frame_that_takes_too_long_to_cover_is_dropped()
    {
        Add([Square()]);
        Run(MarkedFrames.Treatment(anonymizer: new FailingMethod(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return false;
        })));

        Assert.Empty(_sink.Frames);
    }

    [Fact]
    public void A_broken_sink_is_not_opened_for_every_frame()
    {
        _sink.BreaksAt = 1;
        Add([Square()]);
        Add([Square()]);
        Add([Square()]);
        Run();

        // The clock stands still, so that the second opening is not due.
        Assert.Single(_sink.Frames);
        Assert.Equal((1, 0), (_sink.Opened, _sink.Open));
        Assert.Equal(2, _meter.Take().Dropped);
    }

    [Fact]
    public void A_sink_that_does_not_return_ends_the_session()
    {
        _sink.BreaksAt = 0;
        _sink.Returns = false;
        Add([Square()]);

        Assert.Equal(VeilErrorCode.UnwritableOutput, Assert.Throws<VeilException>(() => Run()).Code);
    }

    [Fact]
    public void Cancelled_it_finishes_the_output_and_shows_nothing_more()
    {
        Add([Square()]);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Presenter().Run(_queue, stop.Token);

        Assert.Empty(_sink.Frames);
    }

    [Fact]
    public void Cancelled_amid_a_write_it_writes_the_frame_whole_and_finishes_the_output()
    {
        using var stop = new CancellationTokenSource();
        _sink.Before = stop.Cancel;
        Add([Square()]);
        Add([Square()]);
        Run(stop: stop.Token);

        Assert.Single(_sink.Frames);
        Assert.True(_sink.IsFinished);
    }

    [Fact]
    public void A_write_that_does_not_end_after_cancelling_is_aborted()
    {
        using var stop = new CancellationTokenSource();
        _sink.Before = () =>
        {
            stop.Cancel();
            _time.Advance(TimeSpan.FromSeconds(2));
        };
        Add([Square()]);
        Run(stop: stop.Token);

        Assert.Empty(_sink.Frames);
        Assert.Equal(0, _sink.Open);
    }

    [Fact]
    public void An_output_that_got_no_frame_is_not_finished()
    {
        Add([Square()]);
        _time.Advance(_timing.DropAt);
        Run();

        Assert.Equal((1, 0, false), (_sink.Opened, _sink.Open, _sink.IsFinished));
    }

    [Fact]
    public void A_sink_that_takes_any_size_gets_an_output_for_each()
    {
        _sink.Sizes = LiveSizes.Any;
        Add([Square()]);
        Add([Square()]);
        Add([Square()], MarkedFrames.Pool(128, 96));
        Run();

        Assert.Equal((2, 0, 3), (_sink.Opened, _sink.Open, _sink.Frames.Count));
    }

    private static Region Square() => new(new Box(30, 20, 50, 40), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));

    private void Add(IReadOnlyList<Region>? regions, FramePool? pool = null)
    {
        var live = new LiveFrame(MarkedFrames.Frame(pool ?? _pool, 0, 30, 20), _clock.Now, 0, _timing);
        Assert.True(_queue.TryAdd(live));
        if (regions is not null)
        {
            live.Resolve(new LiveFound(regions, _finding));
        }
    }

    private void Run(LiveTreatment? treatment = null, CancellationToken stop = default)
    {
        // All are due, so that nothing waits for time.
        _time.Advance(_timing.Latency);
        _queue.End();
        _finding.Cover = LiveCover.Of(treatment ?? MarkedFrames.Treatment());
        Presenter().Run(_queue, stop);
    }

    private LivePresenter Presenter() => new(_sink, _options, _clock, _meter);
}
