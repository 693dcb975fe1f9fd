using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Anonymization.Synthesis.Film;
using Veil.Regions;

namespace Veil.Tests.Anonymization.Synthesis.Film;

public sealed class SteadyShapeTests
{
    private static readonly Vector2[] Upright = [.. Enumerable.Range(0, FacePoints.CountOf(FacePointLayout.Ibug68)).Select(Point)];

    [Fact]
    public void The_first_frame_is_as_it_was_found()
    {
        var shape = At(new(300, 200), 1.3f, 0.2f);

        AssertNear(FaceShape.Of(shape), new SteadyShape().Next(shape), 0.05f);
    }

    [Fact]
    public void Trembling_points_are_held()
    {
        var (steady, random, truth) = (new SteadyShape(), new Random(5), At(new(300, 200), 1, 0));
        var (before, after) = (0f, 0f);
        for (var frame = 0; frame < 120; frame++)
        {
            var found = Moved(truth, point => point + (new Vector2(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f) * 2));
            var drawn = steady.Next(found);
            if (frame > 20)
            {
                (before, after) = (before + Squares(FaceShape.Of(truth), FaceShape.Of(found)), after + Squares(FaceShape.Of(truth), drawn));
            }
        }

        Assert.True(after < before / 6, $"{after} of {before}");
    }

    [Fact]
    public void A_face_that_moves_turns_and_grows_is_followed()
    {
        var (steady, worst) = (new SteadyShape(), 0f);
        for (var frame = 0; frame < 80; frame++)
        {
            var found = At(new(100 + (4 * frame), 200), MathF.Exp(0.01f * frame), 0.03f * frame);
            worst = Math.Max(worst, Distance(found, steady.Next(found)));
        }

        Assert.True(worst < 0.09f, $"{worst} of the face's length");
    }

    [Fact]
    public void A_frame_without_contours_keeps_those_before_at_its_own_place()
    {
        var steady = new SteadyShape();
        for (var frame = 0; frame < 5; frame++)
        {
            steady.Next(At(new(300, 200), 1, 0));
        }

        var drawn = steady.Next(At(new(300, 200), 1, 0) with { Points = null });

        AssertNear(FaceShape.Of(At(new(300, 200), 1, 0)), drawn, 0.2f);
    }

    [Fact]
    public void A_turn_beyond_half_a_circle_does_not_jump_back()
    {
        var steady = new SteadyShape();
        for (var frame = 0; frame < 250; frame++)
        {
            var found = At(new(300, 200), 1, 0.05f * frame);
            Assert.True(Distance(found, steady.Next(found)) < 0.2f);
        }
    }

    [Fact]
    public void Points_that_turn_a_head_upside_down_for_a_moment_are_not_believed()
    {
        var steady = new SteadyShape();
        for (var frame = 0; frame < 40; frame++)
        {
            var truth = At(new(300, 200), 1, 0);
            var found = frame is 20 or 21 ? truth with { Points = At(new(300, 200), 1, MathF.PI).Points } : truth;
            Assert.True(Distance(truth, steady.Next(found)) < 0.01f);
        }
    }

    [Fact]
    public void Where_dense_points_come_and_go_the_face_stays_where_they_say()
    {
        // The five points lie a little higher than where the dense ones have them.
        var (steady, truth) = (new SteadyShape(), At(new(300, 200), 1, 0));
        var raised = truth with { Landmarks = truth.Landmarks!.Map(point => point - new Vector2(0, 6)) };
        for (var frame = 0; frame < 40; frame++)
        {
            Assert.True(Distance(truth, steady.Next(frame % 2 == 0 ? raised : raised with { Points = null })) < 0.01f);
        }
    }

    [Fact]
    public void Memory_of_two_runs_is_the_same()
    {
        var (one, other) = (new SteadyShape(), new SteadyShape());
        for (var frame = 0; frame < 30; frame++)
        {
            var found = At(new(100 + (MathF.Sin(frame) * 3), 200), 1, 0.1f * MathF.Cos(frame));
            Assert.Equal(one.Next(found).Controls.ToArray(), other.Next(found).Controls.ToArray());
        }
    }

    private static Region At(Vector2 place, float scale, float turn) =>
        Moved(null, point => Vector2.Transform(point, Matrix3x2.CreateScale(scale) * Matrix3x2.CreateRotation(turn) * Matrix3x2.CreateTranslation(place)));

    private static Region Moved(Region? region, Func<Vector2, Vector2> map)
    {
        var points = (region?.Points ?? new FacePoints(FacePointLayout.Ibug68, [.. Upright])).Map(map);
        var box = Box.Around(points.Points).Grow(0.1f);
        return new Region(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector, "test")) { Points = points, Landmarks = points.ToLandmarks() };
    }

    private static float Distance(Region expected, FaceShape actual) => FaceShape.Of(expected) is var shape ? MathF.Sqrt(Squares(shape, actual) / shape.Controls.Length) / shape.Length : 0;

    // Jaw, brows, bridge and nostrils, eyes, lips.
    private static Vector2 Point(int index) => index switch
    {
        < 17 => new(-60 * MathF.Cos(index * MathF.PI / 16), 60 * MathF.Sin(index * MathF.PI / 16)),
        < 27 => new((10 * (index - 17)) - 45, -40),
        < 31 => new(0, (7 * (index - 27)) - 16),
        < 36 => new((4 * (index - 31)) - 8, 10),
        < 48 => new((index < 42 ? -22 : 22) + (8 * MathF.Cos(index * MathF.PI / 3)), (4 * MathF.Sin(index * MathF.PI / 3)) - 22),
        _ => new(18 * -MathF.Cos((index - 48) * MathF.PI / 6), 32 - (7 * MathF.Sin((index - 48) * MathF.PI / 6))),
    };

    private static float Squares(FaceShape a, FaceShape b) => a.Controls.Zip(b.Controls, (p, q) => (p - q).LengthSquared()).Sum();

    private static void AssertNear(FaceShape expected, FaceShape actual, float distance)
    {
        Assert.Equal(expected.Layout, actual.Layout);
        Assert.All(expected.Controls.Zip(actual.Controls), pair => Assert.True(Vector2.Distance(pair.First, pair.Second) < distance));
    }
}
