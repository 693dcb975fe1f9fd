using System.Text.Json;
using Veil.Imaging;
using Veil.Onnx.Generation;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Onnx.Tests.Generation;

/// <summary>Veil's own network, against what PyTorch made of the same crop when train/face-inpainter/export.py wrote it.</summary>
public sealed class FaceInpainterTests
{
    private const int Side = 128;

    [InstalledFact]
    public void It_takes_and_gives_what_its_documentation_says()
    {
        var generator = OnnxCropGenerator.FaceInpainter(ModelStore.Default());
        Assert.Equal((Side, Side, 32, 5), (generator.Size.Width, generator.Size.Height, generator.LatentLength, generator.Keypoints));
    }

    [InstalledFact]
    public void It_paints_what_PyTorch_painted()
    {
        using var check = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "train", "face-inpainter", "check.json")));
        var step = check.RootElement.GetProperty("step").GetInt32();
        var expected = check.RootElement.GetProperty("values").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        using var crop = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        var coverage = new byte[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var (u, v) = ((x - 64) / 40.0, (y - 68) / 50.0);
                coverage[(y * Side) + x] = (u * u) + (v * v) <= 1 ? byte.MaxValue : (byte)0;
                for (var channel = 0; channel < 3; channel++)
                {
                    crop.Row(y)[(3 * x) + channel] = (byte)(((7 * x) + (13 * y) + (29 * channel)) % 256);
                }
            }
        }

        using var painted = OnnxCropGenerator.FaceInpainter(ModelStore.Default()).Paint(
            crop, new RegionMask(crop.Bounds, coverage), [.. Enumerable.Range(1, 32).Select(i => (float)Math.Sin(i))], [new(48, 56), new(80, 56), new(64, 72), new(52, 90), new(76, 90)]);
        var count = Side / step;
        for (var i = 0; i < expected.Length; i++)
        {
            var (channel, y, x) = (i / (count * count), (i / count % count * step) + (step / 2), (i % count * step) + (step / 2));
            Assert.Equal(255 * expected[i], painted.Row(y)[(3 * x) + channel], 1.5f);
        }
    }
}
