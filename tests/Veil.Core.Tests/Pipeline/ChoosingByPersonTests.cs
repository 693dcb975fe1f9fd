using System.Text;
using System.Text.Json;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tests.Identity;

namespace Veil.Tests.Pipeline;

public sealed class ChoosingByPersonTests : IDisposable
{
    private static readonly Region Anna = PaintedFaces.Region(10, 20);
    private static readonly Region Stranger = PaintedFaces.Region(210, 20);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Who_is_left_clear_is_neither_covered_nor_named_in_the_report()
    {
        var result = Process(PersonRule.Only, PaintedFaces.Embed);

        Assert.Equal(ItemStatus.Done, result.Status);
        Assert.Contains("choose", result.Times.Select(time => time.Step));
        Assert.Equal(new PersonCounts(1, 1, 0, 1), result.People);
        Assert.Equal(0, Assert.Single(result.Frames[0].Regions).Person);
        var output = File.ReadAllBytes(_folder["out"]);
        Assert.Equal(0, At(output, 50, 60));
        Assert.NotEqual(0, At(output, 250, 60));
        var report = Report(result);
        Assert.DoesNotContain("person", report, StringComparison.Ordinal);
        Assert.Contains("\"people\":{\"listed\":1,\"strangers\":1,\"undecided\":0,\"clear\":1}", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_throws_leaves_no_output()
    {
        var result = Process(PersonRule.Except, _ => throw new VeilException(VeilErrorCode.DetectionFailed, "no"));

        Assert.Equal((ItemStatus.Failed, "choose"), (result.Status, result.Error!.Step));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void A_picture_whose_only_face_stays_clear_is_not_one_without_faces()
    {
        var counts = new RunCounts();
        counts.Add(new ItemResult(Item, null, ItemStatus.Done) { Tally = new FrameTally(1, 0, 0, 0) { People = new PersonCounts(1, 0, 0, 1) } });
        counts.Add(new ItemResult(Item, null, ItemStatus.Done) { Tally = new FrameTally(1, 0, 0, 0) { People = default(PersonCounts) } });

        Assert.Equal(1, counts.WithoutRegions);
        Assert.Equal(new PersonCounts(1, 0, 0, 1), counts.People);
    }

    private static MediaItem Item { get; } = new("nowhere", "picture", MediaItemOrigin.Named);

    private ItemResult Process(PersonRule rule, FaceEmbed embed)
    {
        var people = new PersonChooser(rule, new PersonGallery([[PaintedFaces.Of(PaintedFaces.Anna)]]), new PersonPolicy(), new FaceReader(embed));
        using var pipeline = new MediaPipeline(new Painted(), new Both(), new RegionPolicy(), new Black(), people: people);
        return pipeline.Process(Item, _folder["out"], default);
    }

    private static byte At(byte[] output, int x, int y) => output[((y * PaintedFaces.Width) + x) * 3];

    private static string Report(ItemResult result)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            ItemResultJson.Write(json, result);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class Both : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => [Anna, Stranger];

        public void Dispose()
        {
        }
    }

    private sealed class Black : IAnonymizer
    {
        public void Apply(PixelBuffer image, Region region, RegionMask mask)
        {
            for (var y = (int)region.Box.Top; y < region.Box.Bottom; y++)
            {
                if (y >= 0 && y < image.Height)
                {
                    image.Row(y)[(3 * Math.Max(0, (int)region.Box.Left))..(3 * (int)region.Box.Right)].Clear();
                }
            }
        }
    }

    private sealed class Painted : IMediaFormat
    {
        public IFrameSource Open(MediaItem item, CancellationToken cancellationToken) => new Source();

        public bool Opened(IFrameSource source) => true;

        public IFrameSink Create(IFrameSource source, string target) => new Sink(target);
    }

    private sealed class Source : IFrameSource
    {
        private Frame? _frame = PaintedFaces.Frame((Anna, PaintedFaces.Anna), (Stranger, PaintedFaces.Stranger));

        public MediaInfo Info { get; } = new("painted", ".painted", PaintedFaces.Width, PaintedFaces.Height, 1);

        public Frame? Read(CancellationToken cancellationToken) => Interlocked.Exchange(ref _frame, null);

        public void Dispose() => _frame?.Dispose();
    }

    private sealed class Sink(string target) : IFrameSink
    {
        private Frame? _frame;

        public void Write(Frame frame) => _frame = frame;

        public void Complete(CancellationToken cancellationToken) => File.WriteAllBytes(target, _frame!.Pixels.Span.ToArray());

        public void Dispose() => _frame?.Dispose();
    }
}
