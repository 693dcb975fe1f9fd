using System.Numerics.Tensors;
using Veil.Onnx.Generation;

namespace Veil.Onnx.Tests.Generation;

public class BankFaceListTests
{
    [Fact]
    public void There_are_hundreds_of_seeds_in_order_and_none_twice()
    {
        Assert.InRange(BankFaceList.Seeds.Count, 200, 1000);
        Assert.Equal(BankFaceList.Seeds.Order().Distinct(), BankFaceList.Seeds);
    }

    [Fact]
    public void Untruncated_a_face_is_that_of_its_seed() =>
        Assert.All(BankFaceList.Free(1), face => Assert.True(face.Latent.Span.SequenceEqual(FaceLatent.OfSeed(face.Seed))));

    [Fact]
    public void Truncated_to_nothing_all_are_the_plain_face() =>
        Assert.All(BankFaceList.Free(0), face => Assert.True(TensorPrimitives.CosineSimilarity(face.Latent.Span, FaceLatent.Centre) > 0.9999f));

    [Fact]
    public void Truncated_a_face_is_between_both() => Assert.All(BankFaceList.Free(0.5f).Take(10), face =>
    {
        var own = FaceLatent.OfSeed(face.Seed);
        Assert.Equal(TensorPrimitives.CosineSimilarity(face.Latent.Span, own), TensorPrimitives.CosineSimilarity(face.Latent.Span, FaceLatent.Centre), 1e-3f);
    });

    [Fact]
    public void Single_mode_is_the_plain_face_alone() =>
        Assert.True(Assert.Single(BankFaceList.SingleMode).Latent.Span.SequenceEqual(FaceLatent.Centre));

    [Fact]
    public void Modes_are_in_the_midst_of_their_members()
    {
        var modes = BankFaceList.MultiMode;
        Assert.InRange(modes.Count, 8, 32);
        Assert.Equal(Enumerable.Range(0, modes.Count).Select(i => (ulong)i), modes.Select(mode => mode.Seed));
        foreach (var mode in modes)
        {
            Assert.Equal(1, TensorPrimitives.SumOfSquares(mode.Latent.Span) / FaceGenerator.LatentLength, 1e-3f);
            Assert.All(modes.Where(other => other != mode), other => Assert.True(TensorPrimitives.CosineSimilarity(mode.Latent.Span, other.Latent.Span) < 0.5f));
        }
    }

    [Fact]
    public void The_mean_of_latents_is_as_near_to_each()
    {
        var (a, b) = (FaceLatent.OfSeed(1), FaceLatent.OfSeed(2));
        var mean = FaceLatent.Mean([a, b]);
        Assert.Equal(TensorPrimitives.CosineSimilarity(mean, a), TensorPrimitives.CosineSimilarity(mean, b), 1e-4f);
    }
}
