using System.Runtime.InteropServices;
using Veil.Anonymization;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Conformance.Tests;

/// <summary>What every method promises, whatever it draws.</summary>
public sealed class MethodConformanceTests
{
    private static readonly PixelFormat[] Formats = Enum.GetValues<PixelFormat>();

    [Theory]
    [Names(nameof(Methods.Names))]
    [Missing(nameof(Methods.Names))]
    public void Outside_the_mask_every_byte_stays_and_inside_every_pixel_is_rewritten(string name)
    {
        var method = Methods.Create(name);
        foreach (var (covered, format) in Methods.Thin(name, TestRegions.Covered(23, 19).SelectMany(covered => Formats.Select(format => (covered, format)))))
        {
            Check(method, covered, 23, 19, format, padding: 0);
        }
    }

    [Theory]
    [Names(nameof(Methods.Names))]
    [Missing(nameof(Methods.Names))]
    public void Every_size_from_1_to_67_with_padded_rows_holds(string name)
    {
        var method = Methods.Create(name);
        foreach (var side in Methods.Thin(name, Enumerable.Range(1, 67), oneIn: 11))
        {
            var (width, height) = (side, (side * 29 % 67) + 1);
            var format = Formats[side % Formats.Length];
            Check(method, TestRegions.Middle(width, height), width, height, format, padding: 2 * (side % 4));
            Check(method, TestRegions.Middle(height, width), height, width, format, padding: 6);
        }
    }

    [Theory]
    [Names(nameof(Methods.Names))]
    [Missing(nameof(Methods.Names))]
    public void A_view_into_a_picture_changes_nothing_around_it(string name)
    {
        var method = Methods.Create(name);
        foreach (var format in Methods.Thin(name, Formats, oneIn: 5))
        {
            using var whole = TestPictures.Noise(40, 36, format, seed: 3);
            using var before = whole.Clone();
            var rect = new PixelRect(7, 5, 31, 29);
            var covered = TestRegions.Middle(rect.Width, rect.Height);
            using var apart = whole.View(rect).Clone();
            method.Apply(apart, covered.Region, covered.Mask);
            method.Apply(whole.View(rect), covered.Region, covered.Mask);
            Assert.Equal(TestPictures.Bytes(apart), TestPictures.Bytes(whole.View(rect)));
            AssertSame(before, whole, (x, y) => x < rect.Left || x >= rect.Right || y < rect.Top || y >= rect.Bottom);
        }
    }

    [Theory]
    [Names(nameof(Methods.Names))]
    [Missing(nameof(Methods.Names))]
    public void A_region_outside_the_picture_changes_nothing(string name)
    {
        var method = Methods.Create(name);
        using var picture = TestPictures.Noise(20, 20, PixelFormat.Rgba32, seed: 1);
        using var before = picture.Clone();
        var region = TestRegions.Face(new Box(40, -30, 60, -10));
        method.Apply(picture, region, RegionMask.Full(region.Box.ToPixels()));
        Assert.Equal(TestPictures.Bytes(before), TestPictures.Bytes(picture));
    }

    [Theory]
    [Names(nameof(Methods.Names))]
    [Missing(nameof(Methods.Names))]
    public void A_method_that_is_irreversible_draws_the_same_over_different_originals(string name)
    {
        if (Methods.GuaranteeOf(name) != Guarantee.Irreversible)
        {
            return;
        }

        var method = Methods.Create(name);
        foreach (var (covered, format) in Methods.Thin(name, TestRegions.Covered(29, 31).SelectMany(covered => Formats.Select(format => (covered, format)))))
        {
            using var one = TestPictures.Noise(29, 31, format, seed: 11);
            using var other = TestPictures.Noise(29, 31, format, seed: 12);
            if (method.Reads(covered.Region, covered.Mask) != covered.Mask.Bounds)
            {
                ShareWhatIsNotCovered(one, other, covered.Mask);
            }

            method.Apply(one, covered.Region, covered.Mask);
            method.Apply(other, covered.Region, covered.Mask);
            AssertSame(one, other, (x, y) => covered.Mask[x, y] == 255);
        }
    }

    [Theory]
    [Names(nameof(Methods.Names))]
    [Missing(nameof(Methods.Names))]
    public void The_same_seed_gives_the_same_bytes_at_any_thread_count(string name)
    {
        var method = Methods.Create(name, "seed=5");
        var results = new byte[Methods.Thin(name, Enumerable.Range(0, 16), oneIn: 4).Count()][];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var picture = TestPictures.Scene(60, 50);
            var covered = TestRegions.Middle(60, 50, track: 3);
            (i % 2 == 0 ? method : Methods.Create(name, "seed=5")).Apply(picture, covered.Region, covered.Mask);
            results[i] = TestPictures.Bytes(picture);
        });
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Theory]
    [Names(nameof(Methods.Names))]
    [Missing(nameof(Methods.Names))]
    public void Opaque_and_wide_formats_show_the_same_picture(string name)
    {
        var method = Methods.Create(name);
        var covered = new RegionPolicy { SoftEdge = 0 }.Cover(TestRegions.Face(new Box(10, 8, 34, 40)), 48, 44)!;
        using var expected = TestPictures.Scene(48, 44);
        using var original = expected.Clone();
        method.Apply(expected, covered.Region, covered.Mask);
        foreach (var format in Methods.Thin(name, [PixelFormat.Rgba32, PixelFormat.Rgb48, PixelFormat.Rgba64], oneIn: 2))
        {
            using var picture = Convert(original, format);
            method.Apply(picture, covered.Region, covered.Mask);
            using var converted = Convert(expected, format);
            Assert.Equal(TestPictures.Bytes(converted), TestPictures.Bytes(picture));
        }
    }

    [Theory]
    [Names(nameof(Methods.PresetNames))]
    [Missing(nameof(Methods.PresetNames))]
    public void Every_preset_runs_on_regions_and_on_whole_pictures(string name)
    {
        var (method, preset) = Methods.Catalog.FindPreset(name);
        var anonymizer = Methods.Create(method, preset.Options);
        Check(anonymizer, TestRegions.Middle(90, 70), 90, 70, PixelFormat.Rgb24, padding: 0);
        Check(anonymizer, TestRegions.Middle(9, 7), 9, 7, PixelFormat.Rgba32, padding: 0);
        var image = new Region(default, RegionKind.Image, 1, new RegionOrigin(RegionSource.Request));
        var policy = preset.Policy ?? new RegionPolicy();
        Check(anonymizer, policy.Cover(image, 64, 48)!, 64, 48, PixelFormat.Rgb24, padding: 0);
        Check(anonymizer, policy.Cover(TestRegions.Face(new Box(-10, 20, 30, 70)), 64, 48)!, 64, 48, PixelFormat.Rgb48, padding: 0);
    }

    /// <summary>
    /// Applies and compares with the original. In 16-bit pictures a rewritten channel is an 8-bit value times 257, which the
    /// noise never holds; in pictures with alpha a rewritten pixel is opaque.
    /// </summary>
    private static void Check(IAnonymizer method, CoveredRegion covered, int width, int height, PixelFormat format, int padding)
    {
        using var picture = TestPictures.Noise(width, height, format, seed: width + (100 * height), padding);
        using var before = picture.Clone();
        method.Apply(picture, covered.Region, covered.Mask);
        AssertSame(before, picture, (x, y) => covered.Mask[x, y] == 0);
        for (var y = 0; y < height; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < width; x++)
            {
                if (covered.Mask[x, y] != 255)
                {
                    continue;
                }

                if (format.BytesPerChannel() == 2)
                {
                    foreach (var value in MemoryMarshal.Cast<byte, ushort>(row).Slice(x * format.Channels(), format.Channels()))
                    {
                        Assert.Equal(0, value % 257);
                    }
                }

                if (format.HasAlpha())
                {
                    Assert.All(row.Slice((x + 1) * format.BytesPerPixel() - format.BytesPerChannel(), format.BytesPerChannel()).ToArray(), value => Assert.Equal(255, value));
                }
            }

            if (y < height - 1)
            {
                var between = picture.Span.Slice((y * picture.Stride) + row.Length, picture.Stride - row.Length);
                Assert.Equal(-1, between.IndexOfAnyExcept(TestPictures.Padding));
            }
        }
    }

    /// <summary>A method that looks around a region may take up what it sees there; what is covered, soft edge included, it may not.</summary>
    private static void ShareWhatIsNotCovered(PixelBuffer from, PixelBuffer to, RegionMask mask)
    {
        var bytes = from.Format.BytesPerPixel();
        for (var y = 0; y < from.Height; y++)
        {
            for (var x = 0; x < from.Width; x++)
            {
                if (mask[x, y] == 0)
                {
                    from.Row(y).Slice(x * bytes, bytes).CopyTo(to.Row(y)[(x * bytes)..]);
                }
            }
        }
    }

    private static void AssertSame(PixelBuffer expected, PixelBuffer actual, Func<int, int, bool> where)
    {
        var bytes = expected.Format.BytesPerPixel();
        for (var y = 0; y < expected.Height; y++)
        {
            var (a, b) = (expected.Row(y).ToArray(), actual.Row(y).ToArray());
            for (var x = 0; x < expected.Width; x++)
            {
                if (where(x, y) && !a.AsSpan(x * bytes, bytes).SequenceEqual(b.AsSpan(x * bytes, bytes)))
                {
                    Assert.Fail($"Pixel ({x}, {y}) of a {expected.Width}×{expected.Height} {expected.Format} picture differs.");
                }
            }
        }
    }

    private static PixelBuffer Convert(PixelBuffer rgb, PixelFormat format)
    {
        var picture = new PixelBuffer(rgb.Width, rgb.Height, format);
        for (var y = 0; y < rgb.Height; y++)
        {
            for (var x = 0; x < rgb.Width; x++)
            {
                for (var c = 0; c < format.Channels(); c++)
                {
                    var value = c == 3 ? (byte)255 : rgb.Row(y)[(x * 3) + c];
                    var at = ((x * format.Channels()) + c) * format.BytesPerChannel();
                    picture.Row(y).Slice(at, format.BytesPerChannel()).Fill(value);
                }
            }
        }

        return picture;
    }
}
