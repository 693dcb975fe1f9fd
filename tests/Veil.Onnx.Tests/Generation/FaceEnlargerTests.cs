using Veil.Imaging;
using Veil.Onnx.Generation;
using Veil.Onnx.Models;

namespace Veil.Onnx.Tests.Generation;

/// <summary>
/// The network beside another one: expected pixels come from a forward pass in NumPy that does each Keras layer as Keras defines
/// it, and shares nothing with this repository.
/// </summary>
public sealed class FaceEnlargerTests : IDisposable
{
    private readonly FaceEnlarger _enlarger = FaceEnlarger.Load(new ModelStore([Path.Combine(AppContext.BaseDirectory, "models")], "unused"), threads: 1);

    public void Dispose() => _enlarger.Dispose();

    [Fact]
    public void A_picture_is_that_of_NumPy()
    {
        using var picture = new PixelBuffer(128, 128, PixelFormat.Rgb24);
        for (var y = 0; y < 128; y++)
        {
            for (var i = 0; i < 3 * 128; i++)
            {
                var x = i / 3;
                picture.Row(y)[i] = (byte)((2 * x) + y + (40 * (i % 3)) + (60 * (((x / 16) + (y / 16)) % 2)));
            }
        }

        using var large = _enlarger.Enlarge(picture);
        Assert.Equal((512, 512, PixelFormat.Rgb24), (large.Width, large.Height, large.Format));
        foreach (var (x, y, colour) in new[] { (0, 0, "16 33 49"), (200, 100, "132 166 216"), (333, 401, "71 110 152"), (511, 511, "115 129 145"), (64, 300, "147 194 232"), (255, 256, "223 118 32") })
        {
            Assert.All(colour.Split(' ').Select(int.Parse).Zip(large.Row(y).Slice(3 * x, 3).ToArray()), pair => Assert.InRange(pair.Second, pair.First - 1, pair.First + 1));
        }

        float[] means = [129.105f, 128.591f, 126.411f];
        for (var channel = 0; channel < 3; channel++)
        {
            Assert.Equal(means[channel], large.Span.ToArray().Where((_, index) => index % 3 == channel).Average(value => (float)value), 0.05f);
        }
    }

    [Fact]
    public void A_picture_of_another_size_is_refused()
    {
        using var picture = new PixelBuffer(64, 64, PixelFormat.Rgb24);
        Assert.Throws<ArgumentException>(() => _enlarger.Enlarge(picture));
    }
}
