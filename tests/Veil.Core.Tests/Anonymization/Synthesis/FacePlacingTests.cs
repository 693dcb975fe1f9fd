using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Anonymization.Synthesis;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class FacePlacingTests
{
    private static readonly FaceShape Face = FaceShape.Of(DrawnFace.In(new Box(10, 10, 50, 60)));

    [Fact]
    public void A_turned_scaled_and_shifted_face_is_met_exactly()
    {
        var map = Matrix3x2.CreateRotation(0.4f) * Matrix3x2.CreateScale(1.7f) * Matrix3x2.CreateTranslation(30, -5);
        var place = Face.Map(point => Vector2.Transform(point, map));
        var fit = FacePlacing.Fit(Face, place, film: null);
        Assert.All(Face.Five.Zip(place.Five), pair => Assert.True(Vector2.Distance(Vector2.Transform(pair.First, fit), pair.Second) < 0.01f));
        var coarse = FacePlacing.Fit(Face, place.Coarse(), film: null);
        Assert.All(Face.Five.Zip(place.Five), pair => Assert.True(Vector2.Distance(Vector2.Transform(pair.First, coarse), pair.Second) < 0.01f));
    }

    [Fact]
    public void Of_how_slender_a_face_is_few_steps_are_left()
    {
        var squeezes = new HashSet<int>();
        for (var stretch = 0.6f; stretch < 1.6f; stretch += 0.01f)
        {
            var place = Face.Map(point => point * new Vector2(1, stretch));
            var fit = FacePlacing.Fit(Face, place, film: null);
            squeezes.Add((int)MathF.Round(1000 * (Vector2.TransformNormal(Vector2.UnitY, fit).Length() / Vector2.TransformNormal(Vector2.UnitX, fit).Length())));
        }

        Assert.InRange(squeezes.Count, 3, 5);
    }

    [Fact]
    public void A_place_with_points_in_one_spot_still_gets_a_finite_map()
    {
        var place = Face.Map(_ => new Vector2(5, 5));
        var fit = FacePlacing.Fit(Face, place, film: null);
        Assert.All(Enumerable.Range(0, 6), i => Assert.True(float.IsFinite(fit[i / 2, i % 2])));
    }
}
