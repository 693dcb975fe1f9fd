using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Regions;

namespace Veil.Core.Tests.Regions;

public sealed class FaceCoverageTests
{
    private const int Width = 120;
    private const int Height = 140;
    private static readonly Box Place = new(20, 10, 100, 120);
    private static readonly RegionPolicy Contour = new() { Shape = RegionShape.Face };
    private static readonly RegionPolicy Eyes = new() { Part = FacePart.Eyes };

    [Fact]
    public void The_contour_covers_its_points_and_less_than_the_ellipse_does()
    {
        var face = DrawnFace.Region(Place);
        var covered = Contour.Cover(face, Width, Height)!;
        Assert.All(face.Points!.Points, point => Assert.Equal(255, covered.Mask[(int)point.X, (int)point.Y]));
        Assert.True(Count(covered.Mask) < Count(new RegionPolicy().Cover(face, Width, Height)!.Mask));
        Assert.Equal(face.Points.Points, covered.Region.Points!.Points);
    }

    [Fact]
    public void Without_points_or_for_a_head_the_usual_ellipse_is_covered()
    {
        var face = DrawnFace.Region(Place);
        var usual = new RegionPolicy().Cover(face, Width, Height)!.Mask;
        AssertSame(usual, Contour.Cover(face with { Points = null }, Width, Height)!.Mask);
        AssertSame(usual, Contour.Cover(face with { Kind = RegionKind.Head }, Width, Height)!.Mask);
        AssertSame(usual, (Contour with { Growth = 0.01f }).Cover(face with { Points = null }, Width, Height)!.Mask);
    }

    [Fact]
    public void A_contour_that_leaves_out_a_detectors_point_is_not_believed()
    {
        var face = DrawnFace.Region(Place);
        var elsewhere = face with { Landmarks = face.Landmarks! with { LeftMouth = new Vector2(22, 118) } };
        AssertSame(new RegionPolicy().Cover(face, Width, Height)!.Mask, Contour.Cover(elsewhere, Width, Height)!.Mask);
    }

    [Fact]
    public void Growth_follows_the_shape_unless_it_is_set()
    {
        Assert.Equal(0.22f, new RegionPolicy().Growth);
        Assert.Equal(0.18f, Contour.Growth);
        Assert.Equal(0.22f, (Contour with { Part = FacePart.Eyes }).Growth);
        Assert.Equal(0.4f, (new RegionPolicy { Growth = 0.4f } with { Shape = RegionShape.Face }).Growth);
    }

    [Fact]
    public void Eyes_are_covered_and_the_rest_of_the_face_is_not()
    {
        var face = DrawnFace.Region(Place);
        foreach (var region in new[] { face, face with { Points = null }, face with { Landmarks = null } })
        {
            var mask = Eyes.Cover(region, Width, Height)!.Mask;
            Assert.All(face.Points!.LeftEye.Concat(face.Points.RightEye), point => Assert.Equal(255, mask[(int)point.X, (int)point.Y]));
            Assert.All(face.Points.Jaw.Concat(face.Points.Lips).Append(new Vector2(Place.CenterX, 57)), point => Assert.Equal(0, mask[(int)point.X, (int)point.Y]));
        }
    }

    [Fact]
    public void Eyes_that_cannot_be_told_are_covered_with_the_whole_region()
    {
        var face = DrawnFace.Region(Place);
        var usual = new RegionPolicy().Cover(face, Width, Height)!.Mask;
        AssertSame(usual, Eyes.Cover(face with { Points = null, Landmarks = null }, Width, Height)!.Mask);
        AssertSame(usual, Eyes.Cover(face with { Points = null, Landmarks = face.Landmarks!.Map(point => point + new Vector2(200, 0)) }, Width, Height)!.Mask);

        // Only the chin is in the picture: its eyes are not, so all of it is covered.
        var low = DrawnFace.Region(Place.Offset(0, -80));
        AssertSame(new RegionPolicy().Cover(low, Width, Height)!.Mask, Eyes.Cover(low, Width, Height)!.Mask);
    }

    [Fact]
    public void Where_points_contradict_each_other_the_eyes_of_both_are_covered()
    {
        var face = DrawnFace.Region(Place);
        var center = new Vector2(Place.CenterX, Place.CenterY);
        var around = face with { Points = face.Points!.Map(point => (2 * center) - point) };
        var mask = Eyes.Cover(around, Width, Height)!.Mask;
        Assert.All(around.Points!.LeftEye.Concat(face.Points!.LeftEye), point => Assert.Equal(255, mask[(int)point.X, (int)point.Y]));
    }

    [Fact]
    public void A_face_over_any_border_is_covered_by_its_contour_where_it_shows() => Prop.ForAll(
        Arb.From(
            from left in Gen.Choose(-90, 110)
            from top in Gen.Choose(-90, 130)
            from width in Gen.Choose(2, 150)
            from height in Gen.Choose(2, 150)
            from part in Gen.Elements(FacePart.Whole, FacePart.Eyes)
            select (Box: Box.FromSize(left + 0.3f, top + 0.7f, width, height), part)),
        sample =>
        {
            var face = DrawnFace.Region(sample.Box);
            var covered = (Contour with { Part = sample.part }).Cover(face, Width, Height);
            var shown = (sample.part == FacePart.Eyes ? face.Points!.LeftEye.Concat(face.Points.RightEye) : face.Points!.Points)
                .Where(point => point.X >= 0 && point.Y >= 0 && point.X < Width && point.Y < Height);
            return shown.All(point => covered!.Mask[(int)point.X, (int)point.Y] == 255);
        }).QuickCheckThrowOnFailure();

    private static int Count(RegionMask mask) => Enumerable.Range(mask.Bounds.Top, mask.Bounds.Height).Sum(y => mask.Row(y).Count((byte)255));

    private static void AssertSame(RegionMask expected, RegionMask actual)
    {
        Assert.Equal(expected.Bounds, actual.Bounds);
        for (var y = expected.Bounds.Top; y < expected.Bounds.Bottom; y++)
        {
            Assert.True(expected.Row(y).SequenceEqual(actual.Row(y)));
        }
    }
}
