using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Synthesis;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class PolarContourTests
{
    [Fact]
    public void A_circle_has_one_radius_and_a_square_two()
    {
        var circle = PolarContour.Of([.. Enumerable.Range(0, 90).Select(i => new Vector2(50 + (20 * MathF.Cos(i * MathF.Tau / 90)), 40 + (20 * MathF.Sin(i * MathF.Tau / 90))))], 180);
        Assert.Equal(new Vector2(50, 40), circle.Centre, (a, b) => Vector2.Distance(a, b) < 0.1f);
        Assert.All(Enumerable.Range(0, 32), i => Assert.Equal(20, circle.RadiusTowards(new Vector2(MathF.Cos(i), MathF.Sin(i))), 0.1f));
        ImmutableArray<Vector2> square = [new(0, 0), new(10, 0), new(10, 10), new(0, 10)];
        Assert.Equal(5, PolarContour.Of(square, 360).RadiusTowards(new Vector2(0, -3)), 0.01f);
        Assert.Equal(5 * MathF.Sqrt(2), PolarContour.Of(square, 360).RadiusTowards(new Vector2(2, 2)), 0.05f);
    }
}
