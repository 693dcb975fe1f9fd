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
        Assert.Single(written);
    }

    [Fact]
    public void Times_are_told_by_step_and_detection_does_not_count_as_tracking()
    {
        var result = Process(new Sometimes(), Veil(), Policy, out var written);

        Assert.Equal(["open", "decode", "detect", "track", "cover", "anonymize", "encode"], result.Times.Select(time => time.Step).Order(Comparer<string>.Create((a, b) => Order(a) - Order(b))));
        Assert.Equal(Length, written.Count);

        static int Order(string step) => Array.IndexOf(["open", "decode", "detect", "track", "cover", "anonymize", "encode"], step);
    }

    [Fact]
    public void A_detector_that_fails_in_a_later_frame_leaves_no_frame_undisposed_and_says_where()
    {
        var result = Process(new Failing(), Veil(), Policy, out _);

        Assert.Equal((ItemStatus.Failed, "detect"), (result.Status, result.Error!.Step));
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

    private static ItemResult Process(IRegionProvider regions, IAnonymizer? anonymizer, TrackingPolicy? tracking, out List<byte[]> written)
    {
        var film = new FilmMedia();
        using var pipeline = new MediaPipeline(film, regions, new RegionPolicy(), anonymizer, tracking: tracking);
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

    private sealed class Failing : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) =>
            frame.Index < 31 ? [Found(frame.Index)] : throw new VeilException(VeilErrorCode.DetectionFailed, "no");

        public void Dispose()
        {
        }
    }

    private sealed class FilmMedia : IMediaFormat
    {
        public int Made { get; set; }

        public int Disposed { get; set; }

        public List<byte[]> Written { get; } = [];

        public IFrameSource Open(MediaItem item, CancellationToken cancellationToken) => new Source(this);

        public bool Opened(IFrameSource source) => true;

        public IFrameSink Create(IFrameSource source, string target) => new Sink(this);
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

            film.Made++;
            return new Counted(film, _next++);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Counted(FilmMedia film, int index) : Frame(Paint(index), index, TimeSpan.FromSeconds(index / 25.0))
    {
        protected override void Dispose(bool disposing)
        {
            film.Disposed++;
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
                film.Written.Add(frame.Pixels.Span.ToArray());
            }
        }

        public void Complete(CancellationToken cancellationToken)
        {
        }

        public void Dispose()
        {
        }
    }
}
