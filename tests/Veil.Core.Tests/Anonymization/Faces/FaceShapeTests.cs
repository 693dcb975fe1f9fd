using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Faces;

public sealed class FaceShapeTests
{
    [Theory]
    [InlineData(FacePointLayout.Ibug68)]
    [InlineData(FacePointLayout.MediaPipe478)]
    public void Every_control_has_one_mirror_image(FacePointLayout layout)
    {
        var controls = FaceControl.Of(layout);
        Assert.Equal(controls.Length, controls.Select(control => control.Index).Distinct().Count());
        Assert.All(controls, control => Assert.Contains(new FaceControl(control.Mirror, control.Index), controls));
        var shape = FaceShape.Of(Scattered(layout));
        var twice = shape.Mirrored(200).Mirrored(200);
        Assert.All(shape.Controls.Zip(twice.Controls), pair => Assert.True(Vector2.Distance(pair.First, pair.Second) < 1e-3f));
        Assert.Equal(-shape.Yaw, shape.Mirrored(200).Yaw, 1e-3f);
    }

    [Fact]
    public void Points_that_make_no_sense_give_way_to_the_box()
    {
        var region = new Region(new Box(100, 100, 200, 220), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));
        var boxed = FaceShape.Of(region);
        Assert.All(boxed.Five, point => Assert.True(point.X is > 100 and < 200 && point.Y is > 100 and < 220));
        var nowhere = new FaceLandmarks(new(1, 1), new(5, 1), new(3, 3), new(2, 5), new(4, 5));
        Assert.Equal(boxed.Five.AsEnumerable(), FaceShape.Of(region with { Landmarks = nowhere }).Five);
        var pinched = nowhere.Map(_ => new Vector2(150, 160));
        Assert.Equal(boxed.Five.AsEnumerable(), FaceShape.Of(region with { Landmarks = pinched }).Five);
    }

    [Fact]
    public void A_turned_scaled_and_shifted_shape_is_fitted_exactly()
    {
        var shape = FaceShape.Of(Scattered(FacePointLayout.Ibug68));
        var moved = Matrix3x2.CreateRotation(0.4f) * Matrix3x2.CreateScale(1.7f) * Matrix3x2.CreateTranslation(-30, 12);
        var sheared = new Matrix3x2(1.2f, 0.1f, -0.3f, 0.8f, 5, 6);
        Same(shape.Map(point => Vector2.Transform(point, moved)), 0);
        Same(shape.Map(point => Vector2.Transform(point, moved)), 2);
        Same(shape.Map(point => Vector2.Transform(point, sheared)), 1);
        Same(shape.Map(point => new Vector2(point.X + (0.002f * point.X * point.Y), point.Y - (0.001f * point.X * point.X))), 2);

        void Same(FaceShape target, int degree) => Assert.All(
            FaceFit.Fit(shape, target, degree).Controls.Zip(target.Controls), pair => Assert.True(Vector2.Distance(pair.First, pair.Second) < 0.1f));
    }

    [Fact]
    public void A_face_found_twice_is_one_person()
    {
        Region At(float left, float top, float side) => new(new Box(left, top, left + side, top + side), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));
        Region[] regions = [At(0, 0, 50), At(60, 0, 50), At(3, 2, 50), At(58, 10, 100), At(130, 0, 30) with { Person = 4 }, At(300, 0, 30) with { Person = 4 }];
        var people = PeopleInScene.Group(regions).Select(person => string.Join(',', person));
        Assert.Equal(["0,2", "1", "3", "4,5"], people);
    }

    private static FacePoints Scattered(FacePointLayout layout)
    {
        var random = new Random(3);
        var points = Enumerable.Range(0, FacePoints.CountOf(layout)).Select(_ => new Vector2(random.Next(10, 190), random.Next(10, 190)));
        return new FacePoints(layout, points.ToImmutableArray());
    }
}
