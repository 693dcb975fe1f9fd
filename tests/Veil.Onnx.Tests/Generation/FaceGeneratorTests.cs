using Veil.Imaging;
using Veil.Onnx.Generation;
using Veil.Onnx.Models;

namespace Veil.Onnx.Tests.Generation;

/// <summary>
/// The network beside another one: expected pixels come from a forward pass in NumPy, double precision, that does each node
/// of the TensorFlow graph as TensorFlow defines it, and shares nothing with this repository.
/// </summary>
public sealed class FaceGeneratorTests : IClassFixture<FaceGeneratorTests.Loaded>
{
    private readonly FaceGenerator _generator;

    public FaceGeneratorTests(Loaded loaded) => _generator = loaded.Generator;

    [Fact]
    public void A_face_is_that_of_NumPy()
    {
        float[] ramp = [.. Enumerable.Range(0, FaceGenerator.LatentLength).Select(i => (i * 37 % 101 / 50f) - 1)];
        using var face = _generator.Generate(ramp);
        Assert.Equal((128, 128, PixelFormat.Rgb24), (face.Width, face.Height, face.Format));
        foreach (var (x, y, colour) in new[] { (64, 64, "239 208 189"), (50, 40, "239 221 202"), (64, 90, "212 170 151"), (100, 20, "200 167 140"), (30, 110, "174 161 157") })
        {
            var expected = colour.Split(' ').Select(int.Parse);
            Assert.All(expected.Zip(face.Row(y).Slice(3 * x, 3).ToArray()), pair => Assert.InRange(pair.Second, pair.First - 1, pair.First + 1));
        }

        float[] means = [160.189f, 138.948f, 126.263f];
        for (var channel = 0; channel < 3; channel++)
        {
            Assert.Equal(means[channel], face.Span.ToArray().Where((_, index) => index % 3 == channel).Average(value => (float)value), 0.05f);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_face_and_another_one_another()
    {
        using var first = _generator.Generate(FaceLatent.OfSeed(1));
        using var again = _generator.Generate(FaceLatent.OfSeed(1));
        using var other = _generator.Generate(FaceLatent.OfSeed(2));
        Assert.True(first.Span.SequenceEqual(again.Span));
        Assert.False(first.Span.SequenceEqual(other.Span));
    }

    [Fact]
    public void Latents_of_another_length_are_refused() => Assert.Throws<ArgumentException>(() => _generator.Generate(new float[511]));

    /// <summary>The network is loaded once for all tests.</summary>
    public sealed class Loaded : IDisposable
    {
        public FaceGenerator Generator { get; } = FaceGenerator.Load(new ModelStore([Path.Combine(AppContext.BaseDirectory, "models")], "unused"), threads: 1);

        public void Dispose() => Generator.Dispose();
    }
}
