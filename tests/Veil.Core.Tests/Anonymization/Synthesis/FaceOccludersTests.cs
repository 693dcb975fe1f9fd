using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class FaceOccludersTests
{
    private static readonly Box Place = new(60, 60, 160, 180);
    private static readonly Region Face = DrawnFace.Region(Place);
    private static readonly PixelRect Area = FaceOccluders.Reads(Face);
    private static readonly RegionPolicy Policy = new() { Shape = RegionShape.Face };

    [Theory]
    [InlineData(PersonPart.Hair)]
    [InlineData(PersonPart.Clothes)]
    [InlineData(PersonPart.Other)]
    public void What_lies_over_the_forehead_stays_and_its_border_is_soft(PersonPart part)
    {
        var occluder = FaceOccluders.Of(Face, Parts((_, y) => y < 85 ? part : PersonPart.FaceSkin));
        Assert.NotNull(occluder);
        Assert.Equal((255, 0), (occluder[110, 66], occluder[110, 84]));
        Assert.Contains(Enumerable.Range(66, 20), y => occluder[110, y] is > 0 and < 255);
        var (whole, seen) = (Policy.Cover(Face, 300, 300)!.Mask, Policy.Cover(Face with { Occluder = occluder }, 300, 300)!.Mask);
        Assert.Equal((255, 0), (whole[110, 66], seen[110, 66]));
        Assert.Equal(255, seen[110, 130]);
    }

    [Theory]
    [InlineData(PersonPart.Background)]
    [InlineData(PersonPart.BodySkin)]
    public void Background_and_hands_never_stay(PersonPart part) => Assert.Null(FaceOccluders.Of(Face, Parts((_, y) => y < 85 ? part : PersonPart.FaceSkin)));

    [Fact]
    public void From_the_brows_down_everything_is_covered()
    {
        // A beard, a microphone, hair over one eye.
        var occluder = FaceOccluders.Of(Face, Parts((x, y) => y > 150 || (x < 95 && y < 130) ? PersonPart.Hair : PersonPart.FaceSkin));
        var mask = Policy.Cover(Face with { Occluder = occluder }, 300, 300)!.Mask;
        var points = Face.Points!;
        Assert.All(points.LeftEye.Concat(points.RightEye).Concat(points.Lips).Concat(points.LeftBrow).Concat(points.RightBrow), point => Assert.Equal(255, mask[(int)point.X, (int)point.Y]));
    }

    [Fact]
    public void Where_anything_is_in_doubt_nothing_stays()
    {
        static PersonPart Fringe(int x, int y) => y < 85 ? PersonPart.Hair : PersonPart.FaceSkin;
        Assert.Null(FaceOccluders.Of(Face, Parts(Fringe, certainty: 200)));
        Assert.Null(FaceOccluders.Of(Face, Parts((x, y) => y < 85 || (x + y) % 2 == 0 ? PersonPart.Hair : PersonPart.FaceSkin)));
        Assert.Null(FaceOccluders.Of(Face, Parts((_, _) => PersonPart.Hair)));
        Assert.Null(FaceOccluders.Of(Face with { Points = null }, Parts(Fringe)));
        Assert.Null(FaceOccluders.Of(DrawnFace.Region(new Box(60, 60, 90, 96)), Parts(Fringe)));
        Assert.Null(FaceOccluders.Of(Face, Parts((x, y) => y < 85 && x % 6 == 0 ? PersonPart.Hair : PersonPart.FaceSkin)));
    }

    [Fact]
    public void No_more_stays_than_a_share_of_the_contour()
    {
        for (var hair = 60; hair < 180; hair += 5)
        {
            var mask = Policy.Cover(Face with { Occluder = FaceOccluders.Of(Face, Parts((_, y) => y < hair ? PersonPart.Hair : PersonPart.FaceSkin)) }, 300, 300)!.Mask;
            var contour = MaskRasterizer.Rasterize(Face.Points!.Outline.AsSpan(), default, 0, new PixelRect(0, 0, 300, 300))!;
            var (left, all) = (0L, 0L);
            for (var y = contour.Bounds.Top; y < contour.Bounds.Bottom; y++)
            {
                for (var x = contour.Bounds.Left; x < contour.Bounds.Right; x++)
                {
                    (left, all) = contour[x, y] > 0 ? (left + mask[x, y], all + 255) : (left, all);
                }
            }

            Assert.True(left >= 0.69 * all, $"{left} of {all} with hair down to {hair}");
        }
    }

    [Fact]
    public void Faces_at_the_picture_s_border_are_told_from_what_there_is()
    {
        var face = DrawnFace.Region(new Box(-30, -20, 70, 100));
        var area = FaceOccluders.Reads(face).Intersect(new PixelRect(0, 0, 300, 300));
        var parts = new PersonParts(area, Enumerable.Range(0, area.Width * area.Height).Select(i => i / area.Width < 6 ? PersonPart.Hair : PersonPart.FaceSkin).ToArray());
        var occluder = FaceOccluders.Of(face, parts);
        Assert.True(occluder is null || occluder.Bounds == area);
        Assert.NotNull(Policy.Cover(face with { Occluder = occluder }, 300, 300));
    }

    private static PersonParts Parts(Func<int, int, PersonPart> at, byte certainty = 250)
    {
        var parts = Enumerable.Range(0, Area.Width * Area.Height).Select(i => at(Area.Left + (i % Area.Width), Area.Top + (i / Area.Width))).ToArray();
        return new PersonParts(Area, parts) { Certainty = Enumerable.Repeat(certainty, parts.Length).ToArray() };
    }
}
