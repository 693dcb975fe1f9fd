using Veil.Imaging.Tests.Jpeg.Coefficients;
using Veil.Regions;

namespace Veil.Imaging.Tests;

public sealed class LosslessFormatsTests
{
    [Fact]
    public void Pixels_outside_regions_are_the_same_in_png_tiff_bmp_and_lossless_webp()
    {
        (PictureFormat Format, PixelFormat Pixels)[] kinds =
        [
            .. Enum.GetValues<PixelFormat>().Select(pixels => (PictureFormat.Png, pixels)),
            .. Enum.GetValues<PixelFormat>().Select(pixels => (PictureFormat.Tiff, pixels)),
            (PictureFormat.WebP, PixelFormat.Rgb24), (PictureFormat.WebP, PixelFormat.Rgba32), (PictureFormat.Bmp, PixelFormat.Rgb24),
        ];
        foreach (var (format, pixels) in kinds)
        {
            using var source = Pictures.Create(
                new PictureTraits(format, 90, 70, 1, pixels) { BitDepth = 8 * pixels.BytesPerChannel(), WebP = format == PictureFormat.WebP ? new WebPTraits(true, 100) : null },
                Pictures.Paint(90, 70, pixels));
            var file = source.Encode();
            Region[] regions = [Touched.Face(20, 15, 45, 50), Touched.Face(80, 60, 100, 80)];
            var (output, result) = Touched.Anonymize(file, regions, Touched.Method("gaussian"));
            Assert.Empty(result.Notes);
            using var before = Picture.Decode(file);
            using var after = Picture.Decode(output);
            AssertSameOutside(before.Frame(0), after.Frame(0), regions, $"{format} {pixels}");
        }
    }

    private static void AssertSameOutside(PixelBuffer before, PixelBuffer after, Region[] regions, string kind)
    {
        Assert.Equal(before.Format, after.Format);
        var masks = regions.Select(region => new RegionPolicy().Cover(region, before.Width, before.Height)!.Mask).ToArray();
        var size = before.Format.BytesPerPixel();
        var changed = 0;
        for (var y = 0; y < before.Height; y++)
        {
            for (var x = 0; x < before.Width; x++)
            {
                var same = before.Row(y).Slice(x * size, size).SequenceEqual(after.Row(y).Slice(x * size, size));
                changed += same ? 0 : 1;
                Assert.True(same || masks.Any(mask => mask[x, y] > 0), $"{kind}: {x},{y} changed");
            }
        }

        Assert.True(changed > 0, kind + ": nothing was covered");
    }
}
