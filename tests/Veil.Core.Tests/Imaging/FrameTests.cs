using System.Numerics;
using Veil.Detection;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Tests.Imaging;

public sealed class FrameTests
{
    [Fact]
    public void Asking_for_the_pixels_asks_for_all_of_them()
    {
        using var frame = new Lazy();
        Assert.Equal(40 * 20, frame.Pixels.Width * frame.Pixels.Height);
        Assert.Equal(new PixelRect(0, 0, 40, 20), frame.Asked[0]);
    }

    [Fact]
    public void Asking_for_an_area_asks_for_its_visible_part_only()
    {
        using var frame = new Lazy();
        _ = frame.PixelsIn(new PixelRect(-5, 3, 12, 90));
        _ = frame.PixelsIn(new PixelRect(50, 3, 90, 9));
        Assert.Equal([new PixelRect(0, 3, 12, 20)], frame.Asked);
        Assert.Equal((40, 20), (frame.Width, frame.Height));
    }

    [Fact]
    public void Regions_of_a_reduced_picture_come_back_in_the_frames_coordinates()
    {
        using var reduced = new ReducedFrame(new PixelBuffer(11, 6, PixelFormat.Rgb24), 4, -3, 0);
        var region = reduced.ToFrame(new Region(new Box(1, 2, 3, 4), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector))
        {
            Landmarks = new FaceLandmarks(new Vector2(1, 1), new Vector2(2, 1), new Vector2(1, 2), new Vector2(1, 3), new Vector2(2, 3)),
            Outline = [new Vector2(0, 0), new Vector2(2, 0), new Vector2(0, 2)],
            Mask = new RegionMask(new PixelRect(1, 2, 3, 3), [255, 7]),
        });
        Assert.Equal(new Box(1, 8, 9, 16), region.Box);
        Assert.Equal(new Vector2(5, 4), region.Landmarks!.RightEye);
        Assert.Equal([new Vector2(-3, 0), new Vector2(5, 0), new Vector2(-3, 8)], region.Outline.AsEnumerable());
        Assert.Equal(new PixelRect(1, 8, 9, 12), region.Mask!.Bounds);
        Assert.Equal((255, 255, 7, 7), (region.Mask[1, 8], region.Mask[4, 11], region.Mask[5, 8], region.Mask[8, 11]));
    }

    [Fact]
    public void A_detector_that_looks_no_closer_gets_the_reduced_picture_and_no_pixel_is_decoded()
    {
        using var frame = new Lazy();
        using var provider = new DetectedRegions(new Half());
        var region = Assert.Single(provider.Find(new MediaItem("x", "x", MediaItemOrigin.Named), frame, CancellationToken.None));
        Assert.Equal(new Box(2, 2, 40, 20), region.Box);
        Assert.Empty(frame.Asked);
    }

    private sealed class Lazy() : Frame(new PixelBuffer(40, 20, PixelFormat.Gray8), 0, TimeSpan.Zero)
    {
        public List<PixelRect> Asked { get; } = [];

        public override ReducedFrame? Reduce(int reduction) =>
            reduction == 1 ? null : new ReducedFrame(new PixelBuffer(40 / reduction, 20 / reduction, PixelFormat.Rgb24), reduction, 0, 0);

        protected override void Decode(PixelRect area, PixelBuffer target) => Asked.Add(area);
    }

    private sealed class Half : IRegionDetector
    {
        public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken) =>
            [new Region(new Box(1, 1, image.Width, image.Height), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector))];

        public int Reduction(int width, int height) => 2;

        public void Dispose()
        {
        }
    }
}
