using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Writing;

namespace Veil.Core.Tests.Pipeline;

public sealed class MatchedWritingTests
{
    private static readonly MediaItem Item = new("x", "x", MediaItemOrigin.Named);

    [Theory]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Rgba64)]
    public void Lines_are_read_in_their_surroundings_alone_and_other_kinds_pass(PixelFormat format)
    {
        using var frame = new Frame(new PixelBuffer(200, 160, format), 0, TimeSpan.Zero);
        var face = Region(new Box(0, 0, 20, 20), RegionKind.Face);
        var (shown, hidden) = (Region(new Box(40, 30, 90, 50)), Region(new Box(40, 100, 140, 120)));
        var reader = new ByWidth();
        using var provider = new MatchedWriting(
            new Fixed([face, shown, hidden]), new WritingReaderDescriptor("fake", [], () => reader), new WritingChooser(new WritingRule(["w100"])));
        Assert.Equal([face, hidden], provider.Find(Item, frame, CancellationToken.None));
        Assert.Equal([(52, 22, new Box(1, 1, 51, 21)), (102, 22, new Box(1, 1, 101, 21))], reader.Seen);
    }

    [Fact]
    public void A_line_outside_the_picture_is_undecided_and_the_reader_goes_with_the_provider()
    {
        using var frame = new Frame(new PixelBuffer(200, 160, PixelFormat.Rgb24), 0, TimeSpan.Zero);
        var reader = new ByWidth();
        var provider = new MatchedWriting(
            new Fixed([Region(new Box(300, 30, 390, 50))]), new WritingReaderDescriptor("fake", [], () => reader), new WritingChooser(new WritingRule(["x"])));
        Assert.Single(provider.Find(Item, frame, CancellationToken.None));
        provider.Dispose();
        Assert.True(reader.Disposed);
    }

    private static Region Region(Box box, RegionKind kind = RegionKind.Text) => new(box, kind, 1, new RegionOrigin(RegionSource.Hand));

    private sealed class Fixed(Region[] regions) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => regions;

        public void Dispose()
        {
        }
    }

    private sealed class ByWidth : IWritingReader
    {
        public List<(int, int, Box)> Seen { get; } = [];

        public bool Disposed { get; private set; }

        public LineReading Read(PixelBuffer image, Region line)
        {
            Assert.Equal(PixelFormat.Rgb24, image.Format);
            Seen.Add((image.Width, image.Height, line.Box));
            return new LineReading(FormattableString.Invariant($"w{line.Box.Width}"), 1);
        }

        public PixelRect Reads(Region line) => line.Box.ToPixels().Inflate(1);

        public void Dispose() => Disposed = true;
    }
}
