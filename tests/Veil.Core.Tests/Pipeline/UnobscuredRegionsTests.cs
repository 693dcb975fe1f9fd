using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Core.Tests.Pipeline;

public sealed class UnobscuredRegionsTests
{
    private static readonly MediaItem Item = new("x", "x", MediaItemOrigin.Named);
    private static readonly Region Face = DrawnFace.Region(new Box(60, 30, 120, 100));

    [Fact]
    public void A_face_learns_what_is_in_front_of_it_from_its_surroundings_alone()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        var found = Find(frame, Face, Fringe);
        var reads = FaceOccluders.Reads(Face).Intersect(new PixelRect(0, 0, frame.Width, frame.Height));
        Assert.Equal([reads], frame.Asked);
        Assert.Equal(reads, found.Occluder!.Bounds);
        Assert.Equal(255, found.Occluder[90, 32]);
        Assert.Equal(Face with { Occluder = found.Occluder }, found);
    }

    [Fact]
    public void What_is_no_face_or_has_no_points_or_is_small_passes_through_unseen()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        foreach (var region in new[] { Face with { Points = null }, Face with { Kind = RegionKind.Head }, DrawnFace.Region(new Box(60, 30, 80, 55)), DrawnFace.Region(new Box(900, 30, 960, 100)) })
        {
            Assert.Same(region, Find(frame, region, (_, _) => throw new InvalidOperationException()));
        }

        Assert.Empty(frame.Asked);
    }

    [Fact]
    public void In_moving_pictures_the_whole_contour_is_covered()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24, moving: true);
        Assert.Same(Face, Find(frame, Face, (_, _) => throw new InvalidOperationException()));
    }

    [Fact]
    public void Where_nothing_is_surely_in_front_the_face_stays_as_it_is()
    {
        using var frame = new WatchedFrame(PixelFormat.Rgb24);
        Assert.Same(Face, Find(frame, Face, (_, area) => new PersonParts(area, new PersonPart[area.Width * area.Height])));
    }

    private static Region Find(Frame frame, Region region, PersonParser parser)
    {
        using var provider = new UnobscuredRegions(new OneRegion(region), () => parser);
        return Assert.Single(provider.Find(Item, frame, CancellationToken.None));
    }

    private static PersonParts Fringe(PixelBuffer picture, PixelRect area)
    {
        Assert.Equal(picture.Bounds, area);
        return new PersonParts(area, Enumerable.Range(0, area.Width * area.Height).Select(i => i / area.Width < 45 ? PersonPart.Hair : PersonPart.FaceSkin).ToArray());
    }
}
