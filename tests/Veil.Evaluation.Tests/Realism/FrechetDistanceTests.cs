using Veil.Anonymization;
using Veil.Evaluation.Realism;

namespace Veil.Evaluation.Tests.Realism;

public sealed class FrechetDistanceTests
{
    [Fact]
    public void Of_a_set_from_itself_it_is_nothing()
    {
        var set = Normal(1, 40, 5, static (value, _) => value);
        Assert.Equal(0, FrechetDistance.Between(set, set), 9);
    }

    [Fact]
    public void A_shift_alone_is_its_square()
    {
        var set = Normal(1, 40, 5, static (value, _) => value);
        var shifted = set.Select(vector => vector.Select((value, index) => value + (index == 2 ? 3f : 0)).ToArray()).ToList();
        Assert.Equal(9, FrechetDistance.Between(set, shifted), 4);
    }

    [Fact]
    public void A_stretch_alone_is_the_square_of_what_deviations_differ_by()
    {
        // Exact covariances: every corner of a box has the same weight, so axes are uncorrelated.
        var (first, second) = (Corners(1, 2, 3), Corners(4, 2, 1));
        const double n = 8;
        Assert.Equal(n / (n - 1) * (((4 - 1) * (4 - 1)) + 0 + ((3 - 1) * (3 - 1))), FrechetDistance.Between(first, second), 6);
    }

    [Fact]
    public void Covariances_that_do_not_commute_give_what_two_by_two_has_in_closed_form()
    {
        // tr (AB)^½ = √(tr AB + 2√(det A · det B)) for two by two.
        var (a, b) = (new[] { 2.0, 0.7, 0.7, 1.0 }, new[] { 1.0, -0.4, -0.4, 3.0 });
        var product = (a[0] * b[0]) + (a[1] * b[2]) + (a[2] * b[1]) + (a[3] * b[3]);
        var determinants = ((a[0] * a[3]) - (a[1] * a[2])) * ((b[0] * b[3]) - (b[1] * b[2]));
        var expected = a[0] + a[3] + b[0] + b[3] - (2 * Math.Sqrt(product + (2 * Math.Sqrt(determinants))));
        Assert.Equal(expected * 4 / 3, FrechetDistance.Between(Pair(a), Pair(b)), 5);
    }

    [Fact]
    public void Fewer_vectors_than_numbers_are_no_obstacle_and_it_is_symmetric()
    {
        var (first, second) = (Normal(1, 12, 64, static (value, _) => value), Normal(2, 20, 64, static (value, index) => value * (1 + (index % 3))));
        var forth = FrechetDistance.Between(first, second);
        Assert.Equal(forth, FrechetDistance.Between(second, first), 4);
        Assert.True(forth > 0);
    }

    [Fact]
    public void Too_few_or_unlike_vectors_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FrechetDistance.Between([[1f]], [[1f], [2f]]));
        Assert.Throws<ArgumentException>(() => FrechetDistance.Between([[1f], [2f]], [[1f], [2f, 3f]]));
    }

    [Fact]
    public void The_bias_of_few_pictures_is_taken_away()
    {
        // Two samples of the same distribution: the distance is all bias.
        int[] groups = [.. Enumerable.Range(0, 400)];
        var vectors = Normal(3, 400, 6, static (value, index) => value * (1 + index));
        var estimate = FrechetEstimate.Of(vectors, vectors, groups, 1, 2, CancellationToken.None);
        Assert.Equal(200, estimate.Size);
        Assert.True(estimate.Distance > 0.1, $"{estimate}");
        Assert.True(Math.Abs(estimate.Unlimited) < Math.Min(estimate.Margin, estimate.Distance / 3), $"{estimate}");
    }

    [Fact]
    public void What_is_left_of_it_is_the_distance_of_the_distributions()
    {
        int[] groups = [.. Enumerable.Range(0, 400)];
        var (treated, originals) = (Normal(3, 400, 4, static (value, _) => (2 * value) + 1), Normal(4, 400, 4, static (value, _) => value));
        var estimate = FrechetEstimate.Of(treated, originals, groups, 1, 2, CancellationToken.None);

        // Means differ by 1 and deviations by 1 along four axes.
        Assert.InRange(8, estimate.Unlimited - estimate.Margin, estimate.Unlimited + estimate.Margin);
        Assert.InRange(estimate.Margin, 0.1, 3);
        var again = FrechetEstimate.Of(treated, originals, groups, 1, 1, CancellationToken.None);
        Assert.Equal((estimate.Distance, estimate.Unlimited, estimate.Margin), (again.Distance, again.Unlimited, again.Margin));
    }

    [Fact]
    public void What_is_above_the_floor_has_little_of_the_bias_of_few_pictures()
    {
        // Sixty of 24 numbers: the distances are mostly bias.
        int[] groups = [.. Enumerable.Range(0, 60)];
        var (treated, originals) = (Normal(3, 60, 24, static (value, index) => value + (index == 0 ? 2 : 0)), Normal(4, 60, 24, static (value, _) => value));
        var floor = FrechetEstimate.Of(originals, originals, groups, 1, 2, CancellationToken.None);
        var estimate = FrechetEstimate.Of(treated, originals, groups, 1, 2, CancellationToken.None);
        Assert.True(floor.Distance > 4, $"{floor}");
        var (difference, margin) = estimate.Above(floor);
        Assert.InRange(4, difference - margin, difference + margin);
        Assert.Equal((0.0, 0.0), floor.Above(floor));
    }

    [Fact]
    public void Pictures_of_one_person_are_on_one_side()
    {
        // Everybody is one point, drawn ten times: were people divided, both sides would be the same points.
        int[] groups = [.. Enumerable.Range(0, 300).Select(index => index / 10)];
        var people = Normal(5, 30, 3, static (value, _) => value);
        var vectors = groups.Select(group => people[group]).ToList();
        var alone = Normal(5, 300, 3, static (value, _) => value);
        Assert.True(
            FrechetEstimate.Of(vectors, vectors, groups, 1, 2, CancellationToken.None).Distance > 3 * FrechetEstimate.Of(alone, alone, [.. Enumerable.Range(0, 300)], 1, 2, CancellationToken.None).Distance);
        Assert.Throws<ArgumentException>(() => FrechetEstimate.Of(vectors[..100], vectors[..100], groups[..100], 1, 2, CancellationToken.None));
    }

    private static List<float[]> Normal(ulong seed, int count, int length, Func<float, int, float> map)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, length).Select(index => map(Draw(), index)).ToArray())];

        float Draw() => MathF.Sqrt(-2 * MathF.Log(1 - random.NextFloat())) * MathF.Cos(MathF.Tau * random.NextFloat());
    }

    private static List<float[]> Corners(float x, float y, float z) =>
        [.. from a in new[] { -1, 1 } from b in new[] { -1, 1 } from c in new[] { -1, 1 } select new[] { a * x, b * y, c * z }];

    /// <summary>Four vectors whose covariance is a matrix times 4/3: its Cholesky factor times the corners of a square.</summary>
    private static List<float[]> Pair(double[] matrix)
    {
        var l = Math.Sqrt(matrix[0]);
        var (m, n) = (matrix[1] / l, Math.Sqrt(matrix[3] - (matrix[1] / l * (matrix[1] / l))));
        return [.. from a in new[] { -1, 1 } from b in new[] { -1, 1 } select new[] { (float)(l * a), (float)((m * a) + (n * b)) }];
    }
}
