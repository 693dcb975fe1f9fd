using Veil.Anonymization;
using Veil.Evaluation.Privacy.Likeness;
using Veil.Evaluation.Privacy.Restorations;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Privacy.Restorations;

public sealed class RestorationTests
{
    private static readonly AnonymizerCatalog Catalog = new(new MethodEngines { Stickers = _ => new PixelBuffer(8, 8, PixelFormat.Rgba32) });

    [Theory]
    [InlineData("gaussian:sigma=0.03", 28)]
    [InlineData("gaussian:sigma=0.05", 26)]
    [InlineData("gaussian:sigma=0.1", 23)]
    [InlineData("box:kernel=0.1", 30)]
    [InlineData("box:kernel=0.25", 27)]
    [InlineData("deepprivacy2/gaussian-face", 27)]
    [InlineData("pixelate:grid=16", 25)]
    public void What_is_known_of_a_method_brings_the_picture_nearer(string method, double least)
    {
        using var original = DrawnPeople.Draw(3, 0);
        var (treated, restored) = Restored(method, original, RegionMask.Full(original.Bounds));
        using (treated)
        using (restored)
        {
            var (before, after) = (Psnr(original, treated), Psnr(original, restored));
            Assert.True(after > before + 1, $"{before:0.0} dB before and {after:0.0} dB after");
            Assert.InRange(after, least, 80);
        }
    }

    [Fact]
    public void Only_what_is_fully_covered_is_changed()
    {
        using var original = DrawnPeople.Draw(5, 0);
        var coverage = new byte[60 * 70];
        for (var i = 0; i < coverage.Length; i++)
        {
            coverage[i] = (i % 60) switch { < 8 => 0, < 14 => 128, _ => 255 };
        }

        var mask = new RegionMask(new PixelRect(20, 30, 80, 100), coverage);
        foreach (var method in new[] { "gaussian:sigma=0.1", "box:kernel=0.3", "pixelate:grid=8" })
        {
            var (treated, restored) = Restored(method, original, mask);
            using (treated)
            using (restored)
            {
                for (var y = 0; y < original.Height; y++)
                {
                    for (var x = 0; x < original.Width; x++)
                    {
                        Assert.True(mask[x, y] == 255 || restored.Row(y).Slice(3 * x, 3).SequenceEqual(treated.Row(y).Slice(3 * x, 3)));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("solid")]
    [InlineData("veil")]
    [InlineData("median")]
    [InlineData("closing")]
    [InlineData("pixelate:grid=1")]
    [InlineData("deepprivacy2/pixelate-16")]
    public void Other_methods_have_no_restoration(string method) => Assert.Null(RestorationCatalog.For(Find(method)));

    [Fact]
    public void A_region_beyond_the_border_of_any_size_can_be_restored()
    {
        foreach (var (width, height) in new[] { (1, 1), (1, 7), (13, 1), (37, 500), (400, 31) })
        {
            using var original = new PixelBuffer(width, height, PixelFormat.Rgb24);
            foreach (var method in new[] { "gaussian:sigma=0.3", "deepprivacy2/gaussian-face", "box:kernel=1.1", "pixelate:grid=4", "face-replace/pixelate" })
            {
                var (treated, restored) = Restored(method, original, RegionMask.Full(original.Bounds), new Box(-5, -9, width + 3, height + 20));
                treated.Dispose();
                restored.Dispose();
            }
        }
    }

    [Fact]
    public void Waves_make_up_the_pixels_that_they_came_from()
    {
        foreach (var (width, height) in new[] { (1, 1), (2, 5), (9, 4), (64, 33) })
        {
            var random = new SplitMix64(7);
            float[] pixels = [.. Enumerable.Range(0, width * height).Select(_ => 255 * random.NextFloat())];
            var transform = new CosineTransform(width, height);
            var back = transform.Compose(transform.Analyse(pixels));
            Assert.All(pixels.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 0.01f));
        }
    }

    [Fact]
    public void A_kernel_weakens_waves_as_summing_its_weights_says()
    {
        // The mean of 3 on a line of 5: cosines of wave 2, cos(πx/2), are 1 0 −1 0 1, their means −1/3 of them at each peak.
        Assert.Equal([1.0, (1 + Math.Sqrt(2)) / 3, 1.0 / 3, (1 - Math.Sqrt(2)) / 3, -1.0 / 3], BlurKernel.Box(3).Response(5).Select(value => Math.Round(value, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(1, BlurKernel.Gaussian(3, 9).Response(20)[0], 12);
        Assert.Equal(1, BlurKernel.Box(7).Response(1).Single(), 12);
    }

    private static (PixelBuffer Treated, PixelBuffer Restored) Restored(string method, PixelBuffer original, RegionMask mask, Box? box = null)
    {
        var treatment = Find(method);
        var covered = new CoveredRegion(
            new Region(box ?? Box.Of(mask.Bounds), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)), mask);
        var treated = original.Clone();
        treatment.Create()!.Apply(treated, covered.Region, covered.Mask);
        var restored = treated.Clone();
        RestorationCatalog.For(treatment)!.Restore(restored, covered);
        return (treated, restored);
    }

    private static Treatment Find(string method) => TreatmentList.Parse([method], Catalog)[1];

    private static double Psnr(PixelBuffer first, PixelBuffer second)
    {
        var meter = new LikenessMeter();
        meter.Add(first, second, null);
        return meter.Likeness.Outside.Psnr!.Value;
    }
}
