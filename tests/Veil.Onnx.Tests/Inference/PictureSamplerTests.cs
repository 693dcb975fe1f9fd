using Veil.Onnx.Inference;

namespace Veil.Onnx.Tests.Inference;

public class PictureSamplerTests
{
    [Theory]
    [InlineData(1, 1, 1.0f)]
    [InlineData(37, 23, 1.0f)]
    [InlineData(37, 23, 1.7f)]
    [InlineData(61, 40, 0.6f)]
    [InlineData(200, 111, 0.13f)]
    public void The_fast_form_equals_the_plain_one(int width, int height, float scale)
    {
        using var source = NoisePicture.Draw(width, height);
        var window = new SourceWindow(0, 0, scale, Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)));
        using var target = new InputTensor();
        target.Resize(window.Width + 5, window.Height + 3);
        var sampler = new PictureSampler();
        foreach (var encoding in new[] { InputEncoding.BgrBytes, InputEncoding.RgbSigned })
        {
            sampler.Fill(source, window, encoding, target);
            for (var plane = 0; plane < 3; plane++)
            {
                for (var y = 0; y < window.Height; y++)
                {
                    for (var x = 0; x < window.Width; x++)
                    {
                        Assert.Equal(sampler.Reference(source, window, encoding, plane, x, y), target.Row(plane, y)[x], 1e-2f);
                    }
                }
            }
        }
    }

    [Fact]
    public void Padding_is_black()
    {
        using var source = NoisePicture.Draw(8, 8);
        using var target = new InputTensor();
        target.Resize(32, 32);
        new PictureSampler().Fill(source, new SourceWindow(0, 0, 1, 8, 8), InputEncoding.RgbSigned, target);
        Assert.Equal(-127.5f / 128, target.Row(0, 0)[8], 1e-6f);
        Assert.Equal(-127.5f / 128, target.Row(2, 31)[0], 1e-6f);
    }

    [Fact]
    public void A_window_shows_its_part_of_the_picture()
    {
        using var source = NoisePicture.Draw(50, 40);
        using var target = new InputTensor();
        target.Resize(32, 32);
        new PictureSampler().Fill(source, new SourceWindow(10, 5, 1, 32, 32), InputEncoding.RgbBytes, target);
        Assert.Equal(source.Row(5 + 7)[(3 * (10 + 4)) + 1], target.Row(1, 7)[4], 1e-3f);
    }
}
