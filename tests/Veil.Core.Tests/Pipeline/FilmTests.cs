using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Tests.Pipeline;

/// <summary>Moving pictures through the pipeline: a square that moves over noise, found in some frames only.</summary>
public sealed class FilmTests
{
    private const int Columns = 200;
    private const int Rows = 100;
    private const int Length = 40;
    private static readonly MediaItem Item = new("nowhere", "film", MediaItemOrigin.Named);
    private static readonly TrackingPolicy Policy = new() { DetectEvery = 1 };

    [Fact]
    public void Regions_that_were_detected_can_be_edited_and_applied_without_detecting()
    {
        var detected = Process(new Sometimes(), null, Policy, out _);
        using var stored = new MemoryStream();
        using (var writer = new RegionsDocumentWriter(stored))
        {
            writer.Write(new RegionTimeline(Item.Name, Columns, Rows, detected.Frames));
        }

        stored.Position = 0;
        var document = RegionsDocumentReader.Read(stored);
        Assert.All(document.Timelines[0].Frames, frame => Assert.Equal(0, Assert.Single(frame.Regions).Track));
        Process(new Sometimes(), Veil(), Policy, out var direct);
        Process(new StoredRegions(document), Veil(), null, out var applied);
        Assert.Equal(direct.Select(Convert.ToHexString), applied.Select(Convert.ToHexString));

        // Somebody edits: the last frames show nobody, and stand first in the file.
        var frames = document.Timelines[0].Frames.Reverse().Select(frame => frame.Index < 30 ? frame : frame with { Regions = [] });
        var edited = new RegionsDocument([document.Timelines[0] with { Frames = [.. frames] }]);
        var result = Process(new StoredRegions(edited), Veil(), null, out _);
        Assert.Equal(30, result.RegionCount);
    }

    [Fact]
    public void A_frame_that_the_file_does_not_know_fails_the_film()
    {
        var result = Process(new StoredRegions(new RegionsDocument([new RegionTimeline(Item.Name, Columns, Rows, [new FrameRegions(0, TimeSpan.Zero, [])])])), Veil(), null, out var written);

        Assert.Equal((ItemStatus.Failed, nameof(VeilErrorCode.InvalidRegions)), (result.Status, result.Error!.Code));
        Assert.Equal("detect", result.Error.Step);
        Assert.InRange(written.Count, 0, 1);
    }

    [Fact]
    public void Times_are_told_by_step_and_detection_does_not_count_as_tracking()
    {
        var result = Process(new Sometimes(), Veil(), Policy, out var written);

        Assert.Equal(["open", "decode", "detect", "track", "cover", "anonymize", "encode"], result.Times.Select(time => time.Step).Order(Comparer<string>.Create((a, b) => Order(a) - Order(b))));
        Assert.Equal(Length, written.Count);

        static int Order(string step) => Array.IndexOf(["open", "decode", "detect", "track", "cover", "anonymize", "encode"], step);
    }

   [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void However_many_look_and_at_whatever_pace_the_pixels_are_the_same(int further)
    {
        Process(new Sometimes(), Veil(), Policy, out var expected);

        foreach (var tracking in new[] { Policy, new TrackingPolicy { DetectEvery = 3 }, null })
        {
            Process(new Sometimes(), Veil(), tracking, out var alone);
            Process(new Dawdling(), Veil(), tracking, out var together, further);
            Assert.Equal(alone.Select(Convert.ToHexString), together.Select(Convert.ToHexString));
            Assert.Equal(tracking == Policy, expected.Select(Convert.ToHexString).SequenceEqual(together.Select(Convert.ToHexString)));
        }
    }

    [Fact]
    public void Several_look_at_no_more_frames_than_one_and_at_none_twice()
    {
        var (alone, together) = (new System.Collections.Concurrent.ConcurrentBag<int>(), new System.Collections.Concurrent.ConcurrentBag<int>());
        var policy = new TrackingPolicy { DetectEvery = 4 };
        Process(new Noting(alone), Veil(), policy, out _);
        Process(new Noting(together), Veil(), policy, out _, further: 2);

        Assert.Equal(alone.Order(), together.Order());
        Assert.Equal(together.Distinct().Count(), together.Count);
    }

    [Theory]
    [InlineData("decode")]
    [InlineData("detect")]
    [InlineData("anonymize")]
    [InlineData("encode")]
    public void Whatever_stage_fails_the_others_stop_and_every_frame_is_freed(string step)
    {
        for (var frame = 0; frame < Length; frame += 13)
        {
            var at = frame;
            var film = new FilmMedia { Fails = (now, index) => now == step && index == at };
            using var pipeline = new MediaPipeline(film, new Failing(film), new RegionPolicy(), new FailingMethod(film), tracking: Policy)
            {
                Further = new FurtherSearchers(2, () => new Failing(film)),
            };

            var result = pipeline.Process(Item, "out", default);

            Assert.Equal((ItemStatus.Failed, step), (result.Status, result.Error!.Step));
            Assert.Equal((film.Made, false), (film.Disposed, film.Completed));
            Assert.True(film.Written.Count <= at);
        }
    }

    [Fact]
    public void A_film_that_is_given_up_frees_every_frame_and_is_not_completed()
    {
        using var stop = new CancellationTokenSource();
        var film = new FilmMedia();
        using var pipeline = new MediaPipeline(film, new Dawdling(), new RegionPolicy(), Veil(), tracking: Policy)
        {
            Further = new FurtherSearchers(2, () => new Dawdling()),
            FrameDone = progress =>
            {
                if (progress.Done == 5)
                {
                    stop.Cancel();
                }
            },
        };

        Assert.Throws<OperationCanceledException>(() => pipeline.Process(Item, "out", stop.Token));
        Assert.Equal((film.Made, false), (film.Disposed, film.Completed));
    }

    [Fact]
    public void A_damaged_frame_becomes_black_whatever_was_found_and_nobody_is_told_in_it()
    {
        var film = new FilmMedia { Damaged = index => index is 7 or 8 };
        using var pipeline = new MediaPipeline(film, new Sometimes(), new RegionPolicy(), Veil(), tracking: Policy);

        var result = pipeline.Process(Item, "out", default);

        Assert.Equal((2, Length), (result.Tally.Damaged, result.Tally.Frames));
        for (var i = 0; i < Length; i++)
        {
            Assert.Equal(i is 7 or 8, film.Written[i].AsSpan().IndexOfAnyExcept((byte)0) < 0);
        }
    }

    [Fact]
    public void A_veil_keeps_its_tone_while_the_light_changes()
    {
        Process(new Always(), Veil(), Policy, out var tracked);
        Process(new Always(), Veil(), null, out var single);

        // The film gets brighter; the veil of a track does not.
        Assert.Equal(Middle(tracked[0], 0), Middle(tracked[^1], Length - 1), 4.0);
        Assert.True(Middle(single[^1], Length - 1) - Middle(single[0], 0) > 20);
    }

    private static double Middle(byte[] frame, int index)
    {
        var (left, top) = ((int)Place(index).CenterX, (int)Place(index).CenterY);
        return Enumerable.Range(-3, 7).SelectMany(y => Enumerable.Range(-3, 7).Select(x => (int)frame[3 * (((top + y) * Columns) + left + x)])).Average();
    }

    private static IAnonymizer Veil() => VeilAnonymizer.Describe().Create(new VeilOptions());

    private static Box Place(int frame) => Box.FromSize(20 + (2 * frame), 30, 40, 40);

    private static Region Found(int frame) => new Region(Place(frame), RegionKind.Face, 0.9f, new RegionOrigin(RegionSource.Detector, "test")).Rounded();

    private static ItemResult Process(IRegionProvider regions, IAnonymizer? anonymizer, TrackingPolicy? tracking, out List<byte[]> written, int further = 0)
    {
        var film = new FilmMedia();
        using var pipeline = new MediaPipeline(film, regions, new RegionPolicy(), anonymizer, tracking: tracking) { Further = new FurtherSearchers(further, () => regions) };
        var result = pipeline.Process(Item, anonymizer is null ? null : "out", default);
        Assert.Equal(film.Made, film.Disposed);
        written = film.Written;
        return result;
    }

    private sealed class Sometimes : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => frame.Index % 5 == 3 ? [Found(frame.Index)] : [];

        public void Dispose()
        {
        }
    }

    private sealed class Always : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => [Found(frame.Index)];

        public void Dispose()
        {
        }
    }

    private sealed class Failing(FilmMedia film) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
        {
            film.MayFail("detect", frame.Index);
            return [Found(frame.Index)];
        }

        public void Dispose()
        {
        }
    }

    private sealed class FailingMethod(FilmMedia film) : IAnonymizer
    {
        private int _next;

        // Every frame has one region.
        public void Apply(PixelBuffer image, Region region, RegionMask mask) => film.MayFail("anonymize", _next++);
    }

    /// <summary>Takes longer for some frames than for others.</summary>
    private sealed class Dawdling : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
        {
            Thread.Sleep(frame.Index * 7 % 5);
            return frame.Index % 5 == 3 ? [Found(frame.Index)] : [];
        }

        public void Dispose()
        {
        }
    }

    private sealed class Noting(System.Collections.Concurrent.ConcurrentBag<int> looked) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
        {
            looked.Add(frame.Index);
            return [Found(frame.Index)];
        }

        public void Dispose()
        {
        }
    }

    private sealed class FilmMedia : IMediaFormat
    {
        private int _disposed;

        public int Made { get; set; }

        public int Disposed => _disposed;

        public bool Completed { get; set; }

        public Func<string, int, bool> Fails { get; init; } = (_, _) => false;

        public Func<int, bool> Damaged { get; init; } = _ => false;

        public List<byte[]> Written { get; } = [];

        public IFrameSource Open(MediaItem item, CancellationToken cancellationToken) => new Source(this);

        public bool Opened(IFrameSource source) => true;

        public IFrameSink Create(IFrameSource source, string target) => new Sink(this);

        public void MayFail(string step, int index)
        {
            if (Fails(step, index))
            {
                throw new VeilException(VeilErrorCode.DetectionFailed, "no");
            }
        }

        // By whichever thread.
        public void CountDisposed() => Interlocked.Increment(ref _disposed);
    }

    private sealed class Source(FilmMedia film) : IFrameSource
    {
        private int _next;

        public MediaInfo Info { get; } = new("film", ".film", Columns, Rows, Length) { IsMoving = true, FramesPerSecond = 25 };

        public Frame? Read(CancellationToken cancellationToken)
        {
            if (_next == Length)
            {
                return null;
            }

            film.MayFail("decode", _next);
            film.Made++;
            return new Counted(film, _next++);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Counted(FilmMedia film, int index) : Frame(Paint(index), index, TimeSpan.FromSeconds(index / 25.0))
    {
        public override bool IsDamaged => film.Damaged(Index);

        protected override void Dispose(bool disposing)
        {
            film.CountDisposed();
            base.Dispose(disposing);
        }

        private static PixelBuffer Paint(int index)
        {
            var (pixels, ground, patch) = (new PixelBuffer(Columns, Rows, PixelFormat.Rgb24), new Random(1), new Random(2));
            for (var y = 0; y < Rows; y++)
            {
                for (var x = 0; x < Columns; x++)
                {
                    var inside = y >= 30 && y < 70 && x >= Place(index).Left && x < Place(index).Right;
                    pixels.Row(y).Slice(3 * x, 3).Fill((byte)((inside ? 40 + patch.Next(60) : ground.Next(60)) + (2 * index)));
                }
            }

            return pixels;
        }
    }

    private sealed class Sink(FilmMedia film) : IFrameSink
    {
        public void Write(Frame frame)
        {
            using (frame)
            {
                film.MayFail("encode", frame.Index);
                film.Written.Add(frame.Pixels.Span.ToArray());
            }
        }

        public void Complete(CancellationToken cancellationToken) => film.Completed = true;

        public void Dispose()
        {
        }
    }
}
