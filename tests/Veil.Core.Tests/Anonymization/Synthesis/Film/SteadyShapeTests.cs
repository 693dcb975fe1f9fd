using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Anonymization.Synthesis.Film;
using Veil.Regions;

namespace Veil.Tests.Anonymization.Synthesis.Film;

public sealed class SteadyShapeTests
{
    private static readonly Vector2[] Upright = [.. Enumerable.Range(0, FacePoints.CountOf(FacePointLayout.Ibug68)).Select(i => new Vector2(30 * MathF.Sin(i * 1.7f), 40 * MathF.Cos(i * 2.3f)))];

    [Fact]
    public void The_first_frame_is_as_it_was_found()
    {
        var shape = At(new(300, 200), 1.3f, 0.2f);

        AssertNear(shape, new SteadyShape().Next(shape), 0.05f);
    }

    [Fact]
    public void Trembling_points_are_held()
    {
        var (steady, random, truth) = (new SteadyShape(), new Random(5), At(new(300, 200), 1, 0));
        var (before, after) = (0f, 0f);
        for (var frame = 0; frame < 120; frame++)
        {
            var found = truth.Map(point => point + (new Vector2(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f) * 2));
            var drawn = steady.Next(found);
            if (frame > 20)
            {
                (before, after) = (before + Squares(truth, found), after + Squares(truth, drawn));
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
            worst = Math.Max(worst, MathF.Sqrt(Squares(found, steady.Next(found)) / found.Controls.Length) / found.Length);
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

        var drawn = steady.Next(At(new(300, 200), 1, 0).Coarse());

        AssertNear(At(new(300, 200), 1, 0), drawn, 0.2f);
    }

    [Fact]
    public void A_turn_beyond_half_a_circle_does_not_jump_back()
    {
        var steady = new SteadyShape();
        for (var frame = 0; frame < 250; frame++)
        {
            var found = At(new(300, 200), 1, 0.05f * frame);
            Assert.True(MathF.Sqrt(Squares(found, steady.Next(found)) / found.Controls.Length) < 0.2f * found.Length);
        }
    }

    [Fact]
    public void The_box_around_a_face_is_steady_beside_it()
    {
        var (steady, random) = (new SteadyShape(), new Random(9));
        List<float> widths = [];
        for (var frame = 0; frame < 60; frame++)
        {
            steady.Next(At(new(300, 200), 1, 0));
            widths.Add(steady.Around(new Box(250 + (4 * random.NextSingle()), 120, 350, 280)).Width);
        }

        Assert.True(widths.Skip(20).Max() - widths.Skip(20).Min() < 2);
    }

    private static FaceShape At(Vector2 place, float scale, float turn) => FaceShape.Of(new FacePoints(FacePointLayout.Ibug68, Upright.ToImmutableArray()))
        .Map(point => Vector2.Transform(point, Matrix3x2.CreateScale(scale) * Matrix3x2.CreateRotation(turn) * Matrix3x2.CreateTranslation(place)));

    private static float Squares(FaceShape a, FaceShape b) => a.Controls.Zip(b.Controls, (p, q) => (p - q).LengthSquared()).Sum();

    private static void AssertNear(FaceShape expected, FaceShape actual, float distance)
    {
        Assert.Equal(expected.Layout, actual.Layout);
        Assert.All(expected.Controls.Zip(actual.Controls), pair => Assert.True(Vector2.Distance(pair.First, pair.Second) < distance));
    }
}
