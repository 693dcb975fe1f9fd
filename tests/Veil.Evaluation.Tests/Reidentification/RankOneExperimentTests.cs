using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Reidentification;

namespace Veil.Evaluation.Tests.Reidentification;

public sealed class RankOneExperimentTests
{
    private static readonly RankOneProtocol Protocol = new() { People = 10, Draws = 50 };

    // 30 people with one to four pictures each.
    private static readonly int[] Identities = [.. Enumerable.Range(0, 30).SelectMany(person => Enumerable.Repeat(person, 1 + (person % 4)))];

    private static readonly float[] Up = [0, 1];
    private static readonly float[] Right = [1, 0];

    private readonly RankOneExperiment _experiment = new(Identities, Protocol);

    [Fact]
    public void Who_looks_alike_in_all_pictures_is_always_found()
    {
        float[][] vectors = [.. Identities.Select(person => new[] { MathF.Cos(person), MathF.Sin(person) })];
        foreach (var distance in Enum.GetValues<FaceDistance>())
        {
            var result = _experiment.Measure(vectors, vectors, distance);
            Assert.Equal((1, 0), (result.Rate, result.StandardError));
            Assert.Equal(10, result.TimesChance, 6);
        }
    }

    [Fact]
    public void Where_all_look_the_same_chance_is_left()
    {
        float[][] vectors = [.. Identities.Select(_ => Up)];
        var result = _experiment.Measure(vectors, vectors, FaceDistance.Cosine);
        Assert.Equal(0.1, result.Rate, 9);
        Assert.Equal(0.1, result.Chance, 9);
        Assert.Equal(500, result.Probes);
    }

    [Fact]
    public void Random_vectors_come_near_chance()
    {
        var random = new SplitMix64(4);
        var vectors = new float[Identities.Length][];
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = [random.NextFloat(), random.NextFloat(), random.NextFloat()];
        }

        var result = _experiment.Measure(vectors, vectors, FaceDistance.Euclidean);
        Assert.InRange(result.Rate, result.Chance - (2 * result.Margin), result.Chance + (2 * result.Margin));
    }

    [Fact]
    public void Two_kinds_of_people_double_the_odds()
    {
        float[][] vectors = [.. Identities.Select(person => person % 2 == 0 ? Up : Right)];
        Assert.InRange(_experiment.Measure(vectors, vectors, FaceDistance.Cosine).TimesChance, 1.8, 2.4);
    }

    [Fact]
    public void Vectors_that_are_not_numbers_find_nobody()
    {
        float[][] vectors = [.. Identities.Select(_ => new[] { float.NaN })];
        Assert.Equal(0, _experiment.Measure(vectors, vectors, FaceDistance.Euclidean).Rate);
    }

    [Fact]
    public void With_few_people_the_interval_is_students() => Assert.Equal(2.776 * 0.02, new RankOneResult(0.1, 0.02, 0.1, 50, 5).Margin, 4);

    [Fact]
    public void Nobody_found_among_few_people_says_little() => Assert.Equal((0.25, 0.004), (new RankOneResult(0, 0, 0.1, 50, 12).Margin, new RankOneResult(0, 0, 0.1, 50, 750).Margin));

    [Fact]
    public void The_same_seed_draws_the_same_people()
    {
        float[][] vectors = [.. Identities.Select((person, picture) => new[] { MathF.Sin(person + (picture * 7)) })];
        Assert.Equal(
            _experiment.Measure(vectors, vectors, FaceDistance.Euclidean),
            new RankOneExperiment(Identities, Protocol).Measure(vectors, vectors, FaceDistance.Euclidean));
    }

    [Fact]
    public void Too_few_people_with_two_pictures_are_an_error() =>
        Assert.Equal(VeilErrorCode.InvalidGroundTruth, Assert.Throws<VeilException>(() => new RankOneExperiment([1, 1, 2, 3, 4], Protocol)).Code);

    [Fact]
    public void Every_picture_needs_a_vector() =>
        Assert.Throws<ArgumentException>(() => _experiment.Measure([[1f]], [[1f]], FaceDistance.Cosine));
}
