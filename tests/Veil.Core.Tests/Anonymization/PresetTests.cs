using Veil.Anonymization;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization;

/// <summary>Presets do to the face box what their sources do to the crop of it.</summary>
public sealed class PresetTests
{
    private static readonly AnonymizerCatalog Catalog = new(new MethodEngines { Stickers = _ => new PixelBuffer(1, 1, PixelFormat.Rgba32) });
    private static readonly PixelRect Face = new(20, 10, 84, 90);

    public delegate void CropFilter(PixelBuffer source, PixelBuffer target);

    public static TheoryData<string, CropFilter> Crops => new()
    {
        { "face-replace/blur", (s, t) => GaussianBlur.Apply(s.Span, s.Stride, t.Span, t.Stride, s.Width, s.Height, 3, 30, 49) },
        { "techniques/gaussian", (s, t) => GaussianBlur.Apply(s.Span, s.Stride, t.Span, t.Stride, s.Width, s.Height, 3, 30, 37) },
        { "face-replace/pixelate", (s, t) => Pixelation.Apply(s.Span, s.Stride, t.Span, t.Stride, s.Width, s.Height, 3, 0, 0, 10, 10) },
        { "face-replace/pixelate-16", (s, t) => Pixelation.Apply(s.Span, s.Stride, t.Span, t.Stride, s.Width, s.Height, 3, 0, 0, 4, 5) },
        { "techniques/box", (s, t) => BoxBlur.Apply(s.Span, s.Stride, t.Span, t.Stride, s.Width, s.Height, 3, 75) },
        { "techniques/median", (s, t) => MedianFilter.Apply(s.Span, s.Stride, t.Span, t.Stride, s.Width, s.Height, 3, 37) },
        { "techniques/bilateral", (s, t) => BilateralFilter.Apply(s.Span, s.Stride, t.Span, t.Stride, s.Width, s.Height, 3, 9, 75, 75) },
        { "face-replace/black-bar", (_, t) => t.Span.Clear() },
        { "deepprivacy2/mask-out", (_, t) => t.Span.Fill(128) },
        { "deepprivacy2/gaussian-face", (s, t) => Resized(s, t, 128, 128) },
        { "deepprivacy2/gaussian-face-256", (s, t) => Resized(s, t, 256, 256) },
        { "deepprivacy2/pixelate-8", (s, t) => AlignedCorners(s, t, 8) },
        { "deepprivacy2/pixelate-16", (s, t) => AlignedCorners(s, t, 16) },
    };

    [Theory]
    [MemberData(nameof(Crops))]
    public void A_preset_filters_the_crop_of_the_face_box(string name, CropFilter filter)
    {
        using var picture = NoisePicture.Draw(110, 100);
        using var expected = picture.Clone();
        using var crop = picture.View(Face).Clone();
        using var filtered = crop.Clone();
        filter(crop, filtered);
        filtered.CopyTo(expected.View(Face));
        Apply(name, picture, new Region(Box.Of(Face), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)));
        AssertClose(expected, picture, tolerance: name.Contains("pixelate-", StringComparison.Ordinal) ? 1 : 0);
    }

    [Fact]
    public void The_whole_picture_takes_the_gaussian_of_the_datasets_study()
    {
        using var picture = NoisePicture.Draw(110, 100);
        using var expected = picture.Clone();
        GaussianBlur.Apply(picture.Span, picture.Stride, expected.Span, expected.Stride, 110, 100, 3, 7, 21);
        Apply("data-anonymization/gaussian", picture, Whole);
        AssertClose(expected, picture, tolerance: 0);
    }

    [Theory]
    [InlineData("data-anonymization/closing", 1)]
    [InlineData("data-anonymization/closing-true", 2)]
    public void The_whole_picture_takes_the_closing_of_the_datasets_study(string name, int erosions)
    {
        using var picture = NoisePicture.Draw(110, 100);
        using var dilated = picture.Clone();
        using var expected = picture.Clone();
        Morphology.Dilate(picture.Span, picture.Stride, dilated.Span, dilated.Stride, 110, 100, 3, 7, 2);
        Morphology.Erode(dilated.Span, dilated.Stride, expected.Span, expected.Stride, 110, 100, 3, 7, erosions);
        Apply(name, picture, Whole);
        AssertClose(expected, picture, tolerance: 0);
    }

    [Fact]
    public void A_mosaic_stays_in_place_while_its_region_leaves_the_picture()
    {
        using var inside = NoisePicture.Draw(110, 100);
        using var cut = inside.View(new PixelRect(40, 0, 110, 100)).Clone();
        var box = new Box(20, 10, 84, 90);
        Apply("face-replace/pixelate-16", inside, new Region(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)));
        Apply("face-replace/pixelate-16", cut, new Region(box.Offset(-40, 0), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)));
        // Column 40 is a cell border of the region, so every visible cell is whole.
        using var expected = inside.View(new PixelRect(40, 0, 110, 100));
        AssertClose(expected, cut, tolerance: 0);
    }

    private static Region Whole => new(default, RegionKind.Image, 1, new RegionOrigin(RegionSource.Request));

    private static void Apply(string name, PixelBuffer picture, Region region)
    {
        var (method, preset) = Catalog.FindPreset(name);
        var covered = (preset.Policy ?? new RegionPolicy()).Cover(region, picture.Width, picture.Height)!;
        method.Create(preset.Options).Apply(picture, covered.Region, covered.Mask);
    }

    private static void Resized(PixelBuffer source, PixelBuffer target, int width, int height)
    {
        using var small = new PixelBuffer(width, height, PixelFormat.Rgb24);
        using var blurred = new PixelBuffer(width, height, PixelFormat.Rgb24);
        Resampler.Apply(source.Span, source.Stride, source.Width, source.Height, small.Span, small.Stride, width, height, 3, Resampling.Area);
        GaussianBlur.Apply(small.Span, small.Stride, blurred.Span, blurred.Stride, width, height, 3, 7, 10);
        Resampler.Apply(blurred.Span, blurred.Stride, width, height, target.Span, target.Stride, target.Width, target.Height, 3, Resampling.Bilinear);
    }

    /// <summary>Bilinear down and up with aligned corners, plainly.</summary>
    private static void AlignedCorners(PixelBuffer source, PixelBuffer target, int side)
    {
        for (var c = 0; c < 3; c++)
        {
            var channel = c;
            var full = Grid(source.Width, source.Height, (x, y) => source.Row(y)[(x * 3) + channel]);
            var small = Resize(full, side, side);
            var back = Resize(small, target.Width, target.Height);
            for (var y = 0; y < target.Height; y++)
            {
                for (var x = 0; x < target.Width; x++)
                {
                    target.Row(y)[(x * 3) + c] = (byte)Math.Floor(back[x, y] + 0.5);
                }
            }
        }
    }

    private static double[,] Resize(double[,] from, int width, int height) => Grid(width, height, (x, y) =>
    {
        var u = (double)x * (from.GetLength(0) - 1) / (width - 1);
        var v = (double)y * (from.GetLength(1) - 1) / (height - 1);
        var (left, top) = (Math.Min((int)u, from.GetLength(0) - 2), Math.Min((int)v, from.GetLength(1) - 2));
        var above = double.Lerp(from[left, top], from[left + 1, top], u - left);
        var below = double.Lerp(from[left, top + 1], from[left + 1, top + 1], u - left);
        return double.Lerp(above, below, v - top);
    });

    private static double[,] Grid(int width, int height, Func<int, int, double> value)
    {
        var grid = new double[width, height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                grid[x, y] = value(x, y);
            }
        }

        return grid;
    }

    private static void AssertClose(PixelBuffer expected, PixelBuffer actual, int tolerance)
    {
        for (var y = 0; y < expected.Height; y++)
        {
            var (a, b) = (expected.Row(y).ToArray(), actual.Row(y).ToArray());
            Assert.All(a.Zip(b), pair => Assert.InRange(pair.Second - pair.First, -tolerance, tolerance));
        }
    }
}
