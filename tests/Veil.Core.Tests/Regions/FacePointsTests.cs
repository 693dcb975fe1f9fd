using System.Collections.Immutable;
using System.Numerics;
using Veil.Regions;

namespace Veil.Core.Tests.Regions;

public sealed class FacePointsTests
{
    private static readonly Box Place = new(20, 10, 100, 120);

    [Fact]
    public void A_contour_without_forehead_points_rises_by_the_rule_of_thirds()
    {
        var points = DrawnFace.In(Place);
        var around = Box.Around(points.Outline);
        var brows = points.LeftBrow.Average(point => point.Y);
        var chin = points.Jaw[8].Y;
        Assert.Equal(brows - ((chin - brows) / 2), around.Top, 0.5);
        Assert.Equal(chin, around.Bottom, 0.01);
        Assert.All(points.LeftBrow.Concat(points.RightBrow).Concat(points.LeftEye), point => Assert.True(Contains(points.Outline, point)));
    }

    [Fact]
    public void The_five_points_lie_where_they_should()
    {
        var known = DrawnFace.In(Place).ToLandmarks();
        Assert.Equal(new Vector2(44, 56.2f), known.LeftEye, (a, b) => Vector2.Distance(a, b) < 0.1f);
        Assert.Equal(0, known.Roll, 0.001);
        Assert.True(known.Nose.Y > known.LeftEye.Y && known.LeftMouth.Y > known.Nose.Y && known.LeftMouth.X < known.RightMouth.X);
    }

    [Fact]
    public void Points_of_a_neighbour_or_of_nobody_do_not_fit()
    {
        var face = DrawnFace.Region(Place);
        Assert.True(face.Points!.Fits(face));
        Assert.False(DrawnFace.In(Place.Offset(60, 0)).Fits(face));
        Assert.False(DrawnFace.In(Place.Grow(-0.3f)).Fits(face));
        Assert.False(face.Points.Map(_ => new Vector2(float.NaN)).Fits(face));
        Assert.False(face.Points.Map(_ => new Vector2(50, 50)).Fits(face));
    }

    [Fact]
    public void A_face_the_other_way_round_contradicts_a_detectors_points()
    {
        var face = DrawnFace.Region(Place);
        var center = new Vector2(Place.CenterX, Place.CenterY);
        var around = face.Points!.Map(point => (2 * center) - point);
        Assert.True(face.Points.Agrees(face));
        Assert.False(around.Agrees(face));
        Assert.True(around.Agrees(face with { Landmarks = null }));
    }

    [Fact]
    public void Another_number_of_points_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new FacePoints(FacePointLayout.MediaPipe478, [.. new Vector2[468]]));
        Assert.Throws<ArgumentException>(() => new FacePoints(FacePointLayout.Ibug68, default));
        Assert.Throws<ArgumentException>(() => Box.Around([]));
    }

    private static bool Contains(ImmutableArray<Vector2> outline, Vector2 point)
    {
        var inside = false;
        for (var i = 0; i < outline.Length; i++)
        {
            var (a, b) = (outline[i], outline[(i + 1) % outline.Length]);
            if (a.Y <= point.Y != b.Y <= point.Y && point.X < a.X + ((point.Y - a.Y) / (b.Y - a.Y) * (b.X - a.X)))
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
