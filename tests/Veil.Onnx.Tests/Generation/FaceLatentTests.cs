using System.Numerics.Tensors;
using Veil.Onnx.Generation;

namespace Veil.Onnx.Tests.Generation;

public class FaceLatentTests
{
    [Fact]
    public void Latents_are_normally_distributed()
    {
        float[] all = [.. Enumerable.Range(0, 200).SelectMany(seed => FaceLatent.OfSeed((ulong)seed))];
        Assert.Equal(0, TensorPrimitives.Sum<float>(all) / all.Length, 0.01f);
        Assert.Equal(1, TensorPrimitives.SumOfSquares<float>(all) / all.Length, 1e-4f);
        Assert.Equal(0.6827f, all.Count(value => Math.Abs(value) < 1) / (float)all.Length, 0.01f);
        Assert.Equal(0.9545f, all.Count(value => Math.Abs(value) < 2) / (float)all.Length, 0.005f);
    }

    [Fact]
    public void Neighbouring_seeds_have_nothing_in_common() =>
        Assert.InRange(TensorPrimitives.CosineSimilarity(FaceLatent.OfSeed(7), FaceLatent.OfSeed(8)), -0.2f, 0.2f);

    [Fact]
    public void The_way_between_two_latents_goes_over_the_sphere()
    {
        var (from, to) = (FaceLatent.OfSeed(1), FaceLatent.OfSeed(2));
        Near(from, FaceLatent.Between(from, to, 0));
        Near(to, FaceLatent.Between(from, to, 1));
        var middle = FaceLatent.Between(from, to, 0.5f);
        Assert.Equal(MathF.Sqrt(FaceGenerator.LatentLength), TensorPrimitives.Norm(middle), 1e-3f);
        Assert.Equal(TensorPrimitives.CosineSimilarity(from, middle), TensorPrimitives.CosineSimilarity(middle, to), 1e-4f);
        Near(from, FaceLatent.Between(from, from, 0.5f));
    }

    [Fact]
    public void There_is_no_shortest_way_to_the_opposite()
    {
        var from = FaceLatent.OfSeed(1);
        Assert.Throws<ArgumentException>(() => FaceLatent.Between(from, [.. from.Select(value => -value)], 0.5f));
    }

    [Fact]
    public void What_is_no_direction_is_refused()
    {
        var latent = FaceLatent.OfSeed(1);
        Assert.Throws<ArgumentException>(() => FaceLatent.Between(latent, new float[FaceGenerator.LatentLength], 0.5f));
        Assert.Throws<ArgumentException>(() => FaceLatent.Between(latent, [.. latent.Select(_ => float.NaN)], 0.5f));
        Assert.Throws<ArgumentOutOfRangeException>(() => FaceLatent.Between(latent, latent, 1.5f));
    }

    [Fact]
    public void Truncation_goes_from_the_latent_to_the_centre()
    {
        var latent = FaceLatent.OfSeed(5);
        Near(latent, FaceLatent.Truncate(latent, 1));
        Near(FaceLatent.Centre.ToArray(), FaceLatent.Truncate(latent, 0));
        float[] shares = [1, 0.75f, 0.5f, 0.25f];
        var similarities = shares.Select(share => TensorPrimitives.CosineSimilarity(FaceLatent.Centre, FaceLatent.Truncate(latent, share))).ToList();
        Assert.Equal(similarities.Order(), similarities);
    }

    private static void Near(float[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
}
