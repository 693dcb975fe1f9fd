using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Anonymization.Synthesis;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class FacePlacingTests
{
    private static readonly Box Around = new(10, 10, 50, 60);

    private static readonly FaceShape Face = FaceShape.Of(DrawnFace.In(new Box(10, 10, 50, 60)));

    [Fact]
    public void A_turned_scaled_and_shifted_face_is_met_exactly()
    {
        var map = Matrix3x2.CreateRotation(0.4f) * Matrix3x2.CreateScale(1.7f) * Matrix3x2.CreateTranslation(30, -5);
        var place = Face.Map(point => Vector2.Transform(point, map));
        var fit = FacePlacing.Fit(Face, place, Around, PlacingSteps.None);
        Assert.All(Face.Five.Zip(place.Five), pair => Assert.True(Vector2.Distance(Vector2.Transform(pair.First, fit), pair.Second) < 0.01f));
        var coarse = FacePlacing.Fit(Face, place.Coarse(), Around, PlacingSteps.None);
        Assert.All(Face.Five.Zip(place.Five), pair => Assert.True(Vector2.Distance(Vector2.Transform(pair.First, coarse), pair.Second) < 0.01f));
    }

    [Fact]
    public void Nothing_is_left_of_how_slender_a_face_is()
    {
        for (var stretch = 0.6f; stretch < 1.6f; stretch += 0.05f)
        {
            var fit = FacePlacing.Fit(Face, Face.Map(point => point * new Vector2(1, stretch)), Around, PlacingSteps.Coarse);
            Assert.Equal(Vector2.TransformNormal(Vector2.UnitX, fit).Length(), Vector2.TransformNormal(Vector2.UnitY, fit).Length(), 1e-3f);
        }
    }

    [Fact]
    public void Faces_that_lie_a_little_differently_in_the_same_box_are_laid_alike()
    {
        var random = new Random(5);
        var maps = new HashSet<Matrix3x2>();
        for (var i = 0; i < 300; i++)
        {
            var map = Matrix3x2.CreateScale(0.95f + (0.1f * random.NextSingle()), new Vector2(Around.CenterX, Around.CenterY)) * Matrix3x2.CreateRotation(0.06f * (random.NextSingle() - 0.5f), new Vector2(Around.CenterX, Around.CenterY))
                * Matrix3x2.CreateTranslation(2 * random.NextSingle(), 2 * random.NextSingle());
            maps.Add(Rounded(FacePlacing.Fit(Face, Face.Map(point => Vector2.Transform(point, map)), Around, PlacingSteps.Coarse)));
        }

        Assert.InRange(maps.Count, 1, 16);
    }

    [Fact]
    public void A_face_is_laid_near_the_covered_one()
    {
        var map = Matrix3x2.CreateRotation(0.4f) * Matrix3x2.CreateScale(1.3f) * Matrix3x2.CreateTranslation(3, -5);
        var place = Face.Map(point => Vector2.Transform(point, map));
        var fit = FacePlacing.Fit(Face, place, Around, PlacingSteps.Coarse);
        Assert.All(Face.Five.Zip(place.Five), pair => Assert.True(Vector2.Distance(Vector2.Transform(pair.First, fit), pair.Second) < 0.1f * Around.LongSide));
    }

    [Fact]
    public void A_place_with_points_in_one_spot_still_gets_a_finite_map()
    {
        var place = Face.Map(_ => new Vector2(5, 5));
        var fit = FacePlacing.Fit(Face, place, Around, PlacingSteps.None);
        Assert.All(Enumerable.Range(0, 6), i => Assert.True(float.IsFinite(fit[i / 2, i % 2])));
    }

    private static Matrix3x2 Rounded(Matrix3x2 map) => new(
        MathF.Round(map.M11, 2), MathF.Round(map.M12, 2), MathF.Round(map.M21, 2), MathF.Round(map.M22, 2), MathF.Round(map.M31), MathF.Round(map.M32));
}
