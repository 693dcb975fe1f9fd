using System.Collections.Immutable;
using System.Numerics;
using Veil.Detection;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Core.Tests.Pipeline;

public sealed class SegmentedRegionsTests
{
    private static readonly Box Place = new(20.25f, 10.5f, 60.75f, 60);
    private static readonly MediaItem Item = new("x", "x", MediaItemOrigin.Named);

    [Theory]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Rgba64)]
    public void A_body_gets_a_mask_in_the_frames_coordinates_by_looking_at_its_surroundings_only(PixelFormat format)
    {
        using var frame = new WatchedFrame(format);
        var found = Find(frame, new UpperLeft(), Body(Place));
        Assert.Equal(new PixelRect(20, 10, 24, 15), found.Mask!.Bounds);
        Assert.Equal([new PixelRect(0, 0, 102, 100)], frame.Asked);
        Assert.Equal(Place, found.Box);
    }

    [Fact]
    public void What_has_a_shape_or_is_nobody_or_does_not_show_passes_through_unseen()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        ImmutableArray<Vector2> outline = [new(20, 10), new(40, 10), new(30, 60)];
        foreach (var region in new[]
        {
            Body(Place) with { Mask = RegionMask.Full(new PixelRect(1, 1, 2, 2)) }, Body(Place) with { Outline = outline }, Body(Place) with { Kind = RegionKind.Face },
            Body(new Box(500, 10, 550, 60)), Body(new Box(-1e6f, -1e6f, 1e6f, 1e6f)), Body(default),
        })
        {
            Assert.Same(region, Find(frame, new UpperLeft(), region));
        }

        Assert.Empty(frame.Asked);
    }

    [Fact]
    public void Where_pixels_cannot_be_told_the_box_stays_all_there_is()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        var body = Body(Place);
        Assert.Same(body, Find(frame, new Blind(), body));
    }

    [Fact]
    public void The_segmenter_is_loaded_with_the_first_body_and_disposed_with_the_provider()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        var (loaded, blind) = (0, new Blind());
        var provider = new SegmentedRegions(new OneRegion(Body(default)), Describe(() => { loaded++; return blind; }));
        provider.Find(Item, frame, CancellationToken.None);
        Assert.Equal(0, loaded);
        provider.Dispose();
        provider = new SegmentedRegions(new OneRegion(Body(Place)), Describe(() => { loaded++; return blind; }));
        provider.Find(Item, frame, CancellationToken.None);
        provider.Find(Item, frame, CancellationToken.None);
        provider.Dispose();
        Assert.Equal((1, true), (loaded, blind.Disposed));
    }

    [Fact]
    public void Cancellation_stops_between_regions()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        using var provider = new SegmentedRegions(new OneRegion(Body(Place)), Describe(() => new Blind()));
        Assert.Throws<OperationCanceledException>(() => provider.Find(Item, frame, new CancellationToken(canceled: true)));
    }

    private static Region Body(Box box) => new(box, RegionKind.Body, 1, new RegionOrigin(RegionSource.Hand));

    private static SegmenterDescriptor Describe(Func<IRegionSegmenter> create) => new("test", "", RegionKind.Body, [], create);

    private static Region Find(Frame frame, IRegionSegmenter segmenter, Region region)
    {
        using var provider = new SegmentedRegions(new OneRegion(region), Describe(() => segmenter));
        return Assert.Single(provider.Find(Item, frame, CancellationToken.None));
    }

    /// <summary>Takes four by five pixels of the box for the person.</summary>
    private sealed class UpperLeft : IRegionSegmenter
    {
        public RegionKind Kind => RegionKind.Body;

        public RegionMask Segment(PixelBuffer image, Region region)
        {
            Assert.Equal(PixelFormat.Rgb24, image.Format);
            var (left, top) = ((int)region.Box.Left, (int)region.Box.Top);
            return RegionMask.Full(new PixelRect(left, top, left + 4, top + 5));
        }

        public void Dispose()
        {
        }
    }

    private sealed class Blind : IRegionSegmenter
    {
        public bool Disposed { get; private set; }

        public RegionKind Kind => RegionKind.Body;

        public RegionMask? Segment(PixelBuffer image, Region region) => null;

        public void Dispose() => Disposed = true;
    }
}
