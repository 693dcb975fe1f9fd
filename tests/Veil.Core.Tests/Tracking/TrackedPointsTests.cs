using System.Numerics;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Tests.Tracking;

public sealed class TrackedPointsTests
{
    private static readonly Film Film = new(260, 120, 64);

    [Fact]
    public void Between_two_detections_points_lie_on_the_line_from_one_to_the_other()
    {
        var taken = Film.Track(new TrackingPolicy(), frame => frame % 2 == 0 ? [Pointed(frame)] : null, frame => Film.Frame(frame));

        for (var frame = 1; frame < Film.Length - 1; frame += 2)
        {
            var region = Assert.Single(taken[frame]);
            Assert.NotNull(region.Points);
            Assert.Equal(Middle(Pointed(frame).Points!), Middle(region.Points), 0.02f);
            Assert.Equal(Pointed(frame).Landmarks!.Nose.X, region.Landmarks!.Nose.X, 0.02f);
        }
    }

    [Fact]
    public void Points_that_were_found_stay_as_they_were()
    {
        var taken = Film.Track(new TrackingPolicy { DetectEvery = 1 }, frame => [Pointed(frame)], frame => Film.Frame(frame));

        Assert.All(taken.Select((regions, frame) => (regions, frame)), one => Assert.Equal(Pointed(one.frame).Rounded().Points!.Points.ToArray(), one.regions[0].Points!.Points.ToArray()));
    }

    [Fact]
    public void A_frame_far_from_the_next_detection_has_none()
    {
        var taken = Film.Track(new TrackingPolicy { DetectEvery = 10 }, frame => frame % 10 == 0 ? [Pointed(frame)] : null, frame => Film.Frame(frame));

        Assert.Null(Assert.Single(taken[5]).Points);
        Assert.NotNull(Assert.Single(taken[10]).Points);
    }

    [Fact]
    public void A_frame_whose_own_points_were_not_told_gets_those_around_it()
    {
        var taken = Film.Track(new TrackingPolicy { DetectEvery = 1 }, frame => [frame == 20 ? Film.Found(frame) : Pointed(frame)], frame => Film.Frame(frame));

        Assert.Equal(Middle(Pointed(20).Points!), Middle(Assert.Single(taken[20]).Points!), 0.02f);
    }

    [Fact]
    public void Between_points_that_contradict_each_other_there_are_none()
    {
        var taken = Film.Track(new TrackingPolicy(), frame => frame % 2 == 0 ? [frame == 20 ? Inverted(frame) : Pointed(frame)] : null, frame => Film.Frame(frame));

        Assert.Null(Assert.Single(taken[19]).Points);
        Assert.NotNull(Assert.Single(taken[20]).Points);
        Assert.Null(Assert.Single(taken[21]).Points);
        Assert.NotNull(Assert.Single(taken[23]).Points);
    }

    private static Region Inverted(int frame)
    {
        var face = Pointed(frame);
        return face with { Points = face.Points!.Map(point => new Vector2((2 * face.Box.CenterX) - point.X, (2 * face.Box.CenterY) - point.Y)) };
    }

    private static Region Pointed(int frame)
    {
        var face = Film.Found(frame);
        var centre = new Vector2(face.Box.CenterX, face.Box.CenterY);
        var points = new FacePoints(FacePointLayout.Ibug68, [.. Enumerable.Range(0, 68).Select(i => centre + new Vector2(30 * MathF.Cos(i), 30 * MathF.Sin(i)))]);
        return face with { Points = points, Landmarks = points.ToLandmarks() };
    }

    private static float Middle(FacePoints points) => points.Points.Average(point => point.X);
}
