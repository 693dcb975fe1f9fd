using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Privacy.Verification;
using Veil.Evaluation.Reidentification;

namespace Veil.Evaluation.Tests.Privacy.Verification;

public sealed class VerificationExperimentTests
{
    private static readonly int[] Identities = [.. Enumerable.Range(0, 40).SelectMany(person => new[] { person, person, person })];

    private static readonly float[] Up = [1, 0];

    private readonly VerificationExperiment _experiment = new(Identities, new VerificationProtocol());

    [Fact]
    public void Where_all_look_the_same_chance_is_left_and_nothing_is_uncertain()
    {
        float[][] vectors = [.. Identities.Select(_ => Up)];
        var result = _experiment.Measure(vectors, vectors, FaceDistance.Cosine);
        Assert.Equal(0.01, result.At1Percent!.Rate, 9);
        Assert.Equal(0.001, result.At1PerMille!.Rate, 9);
        Assert.Equal(0, result.At1Percent.Margin, 9);
        Assert.Equal(0.5, result.EqualError, 9);
        Assert.Equal((240, 14_040), (result.Genuine, result.Impostors));
    }

    [Fact]
    public void Who_looks_alike_in_all_pictures_is_always_told()
    {
        float[][] vectors = [.. Identities.Select(person => new[] { 10f * person })];
        var result = _experiment.Measure(vectors, vectors, FaceDistance.Euclidean);
        Assert.Equal((1, 1, 0), (result.At1Percent!.Rate, result.At1PerMille!.Rate, result.EqualError));
    }

    [Fact]
    public void Vectors_that_are_no_numbers_are_near_to_nothing()
    {
        float[][] clear = [.. Identities.Select(person => new[] { 10f * person })];
        float[][] nothing = [.. Identities.Select(_ => new[] { float.NaN })];
        Assert.Equal(0.01, _experiment.Measure(nothing, clear, FaceDistance.Euclidean).At1Percent!.Rate, 9);
    }

    [Fact]
    public void The_margin_is_that_of_people_and_not_of_pairs()
    {
        // Half of 200 people always look like themselves, the others never: a share of one half of 200 independent people.
        int[] identities = [.. Enumerable.Range(0, 200).SelectMany(person => new[] { person, person, person, person })];
        float[][] vectors = [.. identities.Select((person, picture) => new[] { (1000f * person) + (person % 2 == 0 ? 0 : 1e6f * (picture % 4)) })];
        var result = new VerificationExperiment(identities, new VerificationProtocol { Resamples = 400 }).Measure(vectors, vectors, FaceDistance.Euclidean);
        Assert.Equal(0.5, result.At1PerMille!.Rate, 2);
        Assert.InRange(result.At1PerMille.Margin, 0.8 * 1.96 * Math.Sqrt(0.25 / 200), 1.2 * 1.96 * Math.Sqrt(0.25 / 200));
    }

    [Fact]
    public void Drawn_pairs_say_about_what_all_pairs_say()
    {
        var random = new SplitMix64(5);
        float[][] vectors = [.. Identities.Select(person => new[] { person + (8 * random.NextFloat()) })];
        var all = _experiment.Measure(vectors, vectors, FaceDistance.Euclidean);
        var drawn = new VerificationExperiment(Identities, new VerificationProtocol { MostImpostors = 10_000 }).Measure(vectors, vectors, FaceDistance.Euclidean);
        Assert.Equal(10_000, drawn.Impostors);
        Assert.Equal(all.EqualError, drawn.EqualError, 0.02);
        Assert.Equal(all.At1Percent!.Rate, drawn.At1Percent!.Rate, 0.05);
        Assert.InRange(drawn.At1Percent.Margin, 0.6 * all.At1Percent.Margin, 1.6 * all.At1Percent.Margin);
    }

    [Fact]
    public void A_thousandth_of_a_hundred_pairs_is_not_told()
    {
        int[] identities = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5];
        float[][] vectors = [.. identities.Select(person => new[] { (float)person })];
        var result = new VerificationExperiment(identities, new VerificationProtocol()).Measure(vectors, vectors, FaceDistance.Euclidean);
        Assert.NotNull(result.At1Percent);
        Assert.Null(result.At1PerMille);
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 0, 0)]
    public void Nobody_to_tell_apart_is_an_error(params int[] identities) =>
        Assert.Equal(VeilErrorCode.InvalidGroundTruth, Assert.Throws<VeilException>(() => new VerificationExperiment(identities, new VerificationProtocol())).Code);
}
