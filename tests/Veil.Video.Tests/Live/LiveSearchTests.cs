using Veil.Errors;
using Veil.Pipeline;
using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

public sealed class LiveSearchTests : IDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);

    private readonly Veil.Video.Planar.FramePool _pool = MarkedFrames.Pool();
    private readonly FakeTime _time = new();
    private readonly LiveClock _clock;
    private readonly LiveMeter _meter;
    private readonly LiveTiming _timing = new(TimeSpan.FromMilliseconds(300), 25);
    private readonly List<LiveFrame> _frames = [];
    private LiveSearch? _search;

    public LiveSearchTests()
    {
        _clock = new LiveClock(_time);
        _meter = new LiveMeter(_clock);
    }

    public void Dispose() => _search?.Dispose();

    [Fact]
    public void A_searched_frame_is_resolved_with_what_was_found()
    {
        Start();
        Add(waiting: 0);
        _search!.ResolveAll();

        Assert.Single(_frames[0].Decide()!.Regions);
    }

    [Fact]
    public void A_frame_waits_for_later_ones_as_long_as_it_can()
    {
        Start();
        Add(waiting: 0);
        Add(waiting: 0);
        Assert.False(IsResolved(0));

        _time.Advance(_timing.DecideAt - _timing.Beat);
        _search!.ResolveDue();

        Assert.True(IsResolved(0));
    }

    [Fact]
    public void Frames_between_two_near_searches_are_resolved()
    {
        var searches = 0;
        Start(() => new SquareFinder(_ => searches++));
        Add(waiting: 0);
        Add(waiting: 2);
        Add(waiting: 1);
        Add(waiting: 0);
        _search!.ResolveAll();

        Assert.Equal(2, searches);
        Assert.All(_frames, frame => Assert.Single(frame.Decide()!.Regions));
    }

    [Fact]
    public void Frames_after_the_last_search_stay_unresolved()
    {
        Start();
        Add(waiting: 0);
        Add(waiting: 1);
        _search!.ResolveAll();

        Assert.NotNull(_frames[0].Decide());
        Assert.Null(_frames[1].Decide());
    }

    [Fact]
    public void Frames_between_distant_searches_stay_unresolved()
    {
        var fails = false;
        Start(() => new SquareFinder(_ => Thrown(fails)));
        Add(waiting: 0);
        _search!.ResolveAll();

        // A wait that is longer than the gap allows, amid which a frame came that nobody searched.
        Add(waiting: 1);
        _time.Advance(_timing.MostBetweenSearches);
        Add(waiting: 0);
        _search.ResolveAll();

        Assert.NotNull(_frames[0].Decide());
        Assert.Null(_frames[1].Decide());
        Assert.NotNull(_frames[2].Decide());
    }

    [Fact]
    public void Before_the_first_search_nothing_is_resolved()
    {
        var made = 0;
        Start(() => made++ == 0 ? throw new VeilException(VeilErrorCode.InvalidModel, "not yet") : new SquareFinder());
        Add(waiting: 0);
        Add(waiting: 0);
        _time.Advance(TimeSpan.FromSeconds(1));
        Add(waiting: 0);
        _search!.ResolveAll();

        Assert.Equal([false, false, true], _frames.Select(frame => frame.Decide() is not null));
        Assert.Equal(2, made);
        Assert.Contains("not yet", _meter.Take().LastFailure, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepared_it_has_its_detector_made_and_tried()
    {
        var (made, searches) = (0, 0);
        Start(() =>
        {
            made++;
            return new SquareFinder(_ => searches++);
        });
        _search!.Prepare(CancellationToken.None);
        Assert.Equal((1, 1), (made, searches));

        Add(waiting: 0);
        _search.ResolveAll();
        Assert.Equal((1, 2), (made, searches));
        Assert.Single(_frames[0].Decide()!.Regions);
    }

    [Fact]
    public void A_detector_that_fails_when_tried_is_made_again()
    {
        var made = 0;
        Start(() => ++made == 1 ? new SquareFinder(_ => throw new InvalidOperationException("cold")) : new SquareFinder());
        _search!.Prepare(CancellationToken.None);
        Assert.Contains("cold", _meter.Take().LastFailure, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(1));
        Add(waiting: 0);
        _search.ResolveAll();
        Assert.Equal(2, made);
        Assert.Single(_frames[0].Decide()!.Regions);
    }

    [Theory]
    [InlineData(typeof(VeilException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OutOfMemoryException))]
    [InlineData(typeof(OperationCanceledException))]
    public void Whatever_a_detector_throws_leaves_the_frame_unresolved(Type type)
    {
        var fails = false;
        List<SquareFinder> made = [];
        Start(() =>
        {
            made.Add(new SquareFinder(_ =>
            {
                if (fails)
                {
                    throw type == typeof(VeilException) ? new VeilException(VeilErrorCode.DetectionFailed, "no") : (Exception)Activator.CreateInstance(type)!;
                }
            }));
            return made[^1];
        });
        Add(waiting: 0);
        fails = true;
        Add(waiting: 0);
        fails = false;
        Add(waiting: 0);
        _search!.ResolveAll();

        // What was pending is given up as well: what was followed from it is not known any more.
        Assert.Equal([false, false, true], _frames.Select(frame => frame.Decide() is not null));
        Assert.Equal([true, false], made.Select(finder => finder.IsDisposed));
        Assert.Equal(1, _meter.Take().Failures);
    }

    [Fact]
    public void A_decided_frame_is_not_changed_by_a_late_search()
    {
        Start();
        Add(waiting: 0);

        Assert.Null(_frames[0].Decide());
        _search!.ResolveAll();
        Assert.True(_frames[0].IsDecided);
    }

    [Fact]
    public void Another_connection_may_have_another_size()
    {
        Start();
        Add(waiting: 0);
        Add(waiting: 0, connection: 1, pool: MarkedFrames.Pool(64, 96));
        _search!.ResolveAll();

        Assert.Equal([false, true], _frames.Select(frame => frame.Decide() is not null));
    }

    [Fact]
    public void Frames_before_another_finding_are_resolved_by_the_old_one_and_those_after_by_the_new_one()
    {
        var (old, searches) = (new SquareFinder(), 0);
        Start(() => old);
        Add(waiting: 0);
        Add(waiting: 2);
        Add(waiting: 1);
        var next = new LiveFinding(MarkedFrames.Treatment(() => new SquareFinder(_ => searches++)));
        _search!.Follow(next, CancellationToken.None);
        Assert.True(old.IsDisposed);
        Assert.All(_frames, frame => Assert.Single(frame.Known!.Regions));

        // Whatever waits behind it.
        Add(waiting: 5);
        _search.ResolveAll();
        Assert.Equal(1, searches);
        Assert.Equal([false, false, false, true], _frames.Select(frame => frame.Known!.By == next));
    }

    [Fact]
    public void A_finding_whose_last_search_fails_leaves_its_frames_unresolved()
    {
        var fails = false;
        Start(() => new SquareFinder(_ => Thrown(fails)));
        Add(waiting: 0);
        Add(waiting: 1);
        fails = true;
        _search!.Follow(new LiveFinding(MarkedFrames.Treatment()), CancellationToken.None);
        Add(waiting: 0);
        _search.ResolveAll();

        Assert.Equal([false, false, true], _frames.Select(frame => frame.Known is not null));
    }

    [Fact]
    public void What_was_tried_beforehand_is_what_searches()
    {
        var made = new List<SquareFinder>();
        var next = new LiveFinding(MarkedFrames.Treatment(() =>
        {
            made.Add(new SquareFinder());
            return made[^1];
        }));
        next.Prepare(CancellationToken.None);
        Start();
        _search!.Follow(next, CancellationToken.None);
        Add(waiting: 0);
        Assert.False(Assert.Single(made).IsDisposed);
        _search.Dispose();
        _search = null;
        Assert.True(made[0].IsDisposed);
    }

    [Fact]
    public void Frames_of_another_size_or_delay_have_nothing_grey_before_or_after_them()
    {
        Start();
        Add(waiting: 0);
        Add(waiting: 1);
        Add(waiting: 1, pool: MarkedFrames.Pool(64, 96));
        Add(waiting: 1, pool: MarkedFrames.Pool(64, 96), timing: new LiveTiming(TimeSpan.FromMilliseconds(600), 25));
        _search!.ResolveAll();

        Assert.All(_frames, frame => Assert.Single(frame.Known!.Regions));
    }

    [Fact]
    public void What_cannot_be_followed_stays_covered_from_one_search_to_the_next()
    {
        // Without any detail, so that nothing can be followed; as far apart as two searches may be.
        var timing = new LiveTiming(TimeSpan.FromSeconds(2), 25);
        Start(() => new SameFinder());
        for (var frame = 0; frame <= 40; frame++)
        {
            Add(waiting: frame % 40, flat: true, timing: timing, after: TimeSpan.FromMilliseconds(15));
        }

        _search!.ResolveAll();
        Assert.All(_frames, frame => Assert.NotEmpty(frame.Known!.Regions));
    }

    [Fact]
    public void Frames_that_come_faster_than_they_are_covered_without_being_followed_stay_unresolved()
    {
        var timing = new LiveTiming(TimeSpan.FromSeconds(2), 10);
        Start(() => new SameFinder());
        for (var frame = 0; frame <= 40; frame++)
        {
            Add(waiting: frame % 40, flat: true, timing: timing, after: TimeSpan.FromMilliseconds(15));
        }

        // Whatever is resolved has its region; the others are grey.
        _search!.ResolveAll();
        Assert.Contains(_frames, frame => frame.Known is null);
        Assert.All(_frames.Select(frame => frame.Known).OfType<LiveFound>(), found => Assert.NotEmpty(found.Regions));
    }

    private static void Thrown(bool fails)
    {
        if (fails)
        {
            throw new InvalidOperationException();
        }
    }

    private void Start(Func<IRegionProvider>? create = null) => _search = new LiveSearch(new LiveFinding(MarkedFrames.Treatment(create)), _clock, _meter);

    private void Add(int waiting, int connection = 0, Veil.Video.Planar.FramePool? pool = null, LiveTiming? timing = null, bool flat = false, TimeSpan? after = null)
    {
        var frame = MarkedFrames.Frame(pool ?? _pool, _frames.Count, 30, 20);
        if (flat)
        {
            var samples = _pool.Rent();
            samples.AsSpan().Fill(100);
            frame = new Veil.Video.Planar.PlanarFrame(_pool, samples, _frames.Count, _frames.Count, TimeSpan.Zero);
        }

        var live = new LiveFrame(frame, _clock.Now, connection, timing ?? _timing);
        _frames.Add(live);
        _search!.Add(live, waiting, CancellationToken.None);
        _time.Advance(after ?? Frame);
    }

    private bool IsResolved(int frame) => _frames[frame].Known is not null;

    /// <summary>Finds the same in every frame, whatever it shows.</summary>
    private sealed class SameFinder : IRegionProvider
    {
        public IReadOnlyList<Veil.Regions.Region> Find(MediaItem item, Veil.Imaging.Frame frame, CancellationToken cancellationToken) =>
            [new(new Veil.Regions.Box(30, 20, 50, 40), Veil.Regions.RegionKind.Face, 1, new Veil.Regions.RegionOrigin(Veil.Regions.RegionSource.Detector, "test"))];

        public void Dispose()
        {
        }
    }
}
