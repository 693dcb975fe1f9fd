using Veil.Detection;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Core.Tests.Pipeline;

public sealed class LandmarkedRegionsTests
{
    private static readonly Box Place = new(20.25f, 10.5f, 60.75f, 60);
    private static readonly MediaItem Item = new("x", "x", MediaItemOrigin.Named);

    [Fact]
    public void A_face_gets_points_in_the_frames_coordinates_by_looking_at_its_surroundings_only()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        var looked = new List<(int Width, int Height, Region Face)>();
        var found = Find(frame, new Drawing(looked), Bare(Place));
        Assert.Equal(DrawnFace.In(Place).Points[8].X, found.Points!.Points[8].X, 0.02);
        Assert.Equal(found.Points.ToLandmarks().LeftEye.X, found.Landmarks!.LeftEye.X, 0.02);
        Assert.Equal([new PixelRect(0, 0, 102, 100)], frame.Asked);
        Assert.Equal((102, 100), (looked[0].Width, looked[0].Height));
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Gray16)]
    [InlineData(PixelFormat.Rgba64)]
    public void Pictures_of_any_depth_are_looked_at(PixelFormat format)
    {
        using var frame = new WatchedFrame(format);
        Assert.NotNull(Find(frame, new Drawing([]), Bare(new Box(100, 60, 150, 120))).Points);
    }

    [Fact]
    public void What_has_points_or_is_no_face_or_does_not_show_passes_through_unseen()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        var looked = new List<(int, int, Region)>();
        var known = DrawnFace.Region(Place);
        Assert.Same(known, Find(frame, new Drawing(looked), known));
        foreach (var region in new[] { Bare(Place) with { Kind = RegionKind.Body }, Bare(new Box(500, 10, 550, 60)), Bare(new Box(-1e6f, -1e6f, 1e6f, 1e6f)), Bare(default) })
        {
            Assert.Same(region, Find(frame, new Drawing(looked), region));
        }

        Assert.Empty(looked);
    }

    [Fact]
    public void Points_that_do_not_fit_the_face_or_are_none_are_not_taken()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        var face = Bare(Place);
        Assert.Same(face, Find(frame, new Elsewhere(), face));
        Assert.Same(face, Find(frame, new Blind(), face));
    }

    [Fact]
    public void The_landmarker_is_loaded_with_the_first_face_and_disposed_with_the_provider()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        var (loaded, blind) = (0, new Blind());
        var provider = new LandmarkedRegions(new OneRegion(Bare(default)), Describe(() => { loaded++; return blind; }));
        provider.Find(Item, frame, CancellationToken.None);
        Assert.Equal(0, loaded);
        provider.Dispose();
        provider = new LandmarkedRegions(new OneRegion(Bare(Place)), Describe(() => { loaded++; return blind; }));
        provider.Find(Item, frame, CancellationToken.None);
        provider.Find(Item, frame, CancellationToken.None);
        provider.Dispose();
        Assert.Equal((1, true), (loaded, blind.Disposed));
    }

    [Fact]
    public void Regions_are_the_same_after_they_were_written_and_read()
    {
        var region = (DrawnFace.Region(new Box(3.14159f, 2.71828f, 1003.3333f, 777.7777f)) with { Person = 4 }).Rounded();
        using var stream = new MemoryStream();
        using (var writer = new RegionsDocumentWriter(stream))
        {
            writer.Write(new RegionTimeline("a", 1100, 800, [new FrameRegions(0, TimeSpan.Zero, [region])]));
        }

        stream.Position = 0;
        var back = RegionsDocumentReader.Read(stream).Timelines[0].Frames[0].Regions[0];
        Assert.Equal((region.Box, region.Landmarks, region.Person, region.Points!.Layout), (back.Box, back.Landmarks, back.Person, back.Points!.Layout));
        Assert.Equal(region.Points.Points, back.Points.Points.AsEnumerable());
    }

    private static Region Bare(Box box) => new(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));

    private static LandmarkerDescriptor Describe(Func<IFaceLandmarker> create) => new("test", "", [], create);

    private static Region Find(Frame frame, IFaceLandmarker landmarker, Region region)
    {
        using var provider = new LandmarkedRegions(new OneRegion(region), Describe(() => landmarker));
        return Assert.Single(provider.Find(Item, frame, CancellationToken.None));
    }

    private sealed class Drawing(List<(int Width, int Height, Region Face)> looked) : IFaceLandmarker
    {
        public FacePoints Locate(PixelBuffer image, Region face)
        {
            Assert.Equal(PixelFormat.Rgb24, image.Format);
            looked.Add((image.Width, image.Height, face));
            return DrawnFace.In(face.Box);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Elsewhere : IFaceLandmarker
    {
        public FacePoints Locate(PixelBuffer image, Region face) => DrawnFace.In(face.Box.Offset(50, 0));

        public void Dispose()
        {
        }
    }

    private sealed class Blind : IFaceLandmarker
    {
        public bool Disposed { get; private set; }

        public FacePoints? Locate(PixelBuffer image, Region face) => null;

        public void Dispose() => Disposed = true;
    }
}
