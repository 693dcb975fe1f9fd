using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Veil.Imaging;
using Veil.Regions;
using Veil.Video.Planar;

namespace Veil.Video.Tests.Planar;

public sealed class PlanarTests
{
    public static TheoryData<string> Layouts { get; } = [.. new[] { "yuv420p", "yuv422p", "yuv444p", "yuva420p", "yuva422p", "yuva444p" }
        .SelectMany(name => new[] { "", "9le", "10le", "12le", "14le", "16le" }.Select(depth => name + depth))
        .Concat(["yuv440p", "yuv411p", "yuv410p", "gray", "gray10le", "gray12le", "gray16le", "gbrp", "gbrp10le", "gbrp12le", "gbrap", "gbrap10le", "gbrap12le"])];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void What_is_covered_but_not_changed_comes_back_and_nothing_else_is_touched(string name)
    {
        var layout = PlanarLayout.For(name)!;
        Prop.ForAll(Gen.Choose(1, 67).Four().ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (size, seed) =>
        {
            var (width, height, left, top) = size;
            var random = new Random(seed);
            var geometry = new PlanarGeometry(layout, width, height, YuvMatrix.Of("bt709", seed % 2 == 0 || layout.Model == ColourModel.Grey ? "pc" : "tv", height));
            var pool = new FramePool(geometry);
            var samples = Gentle(geometry, random);
            var before = samples.ToArray();
            var area = new PixelRect(left - 20, top - 20, left + 3, top + 3);
            using var frame = new PlanarFrame(pool, samples, 0, 0, TimeSpan.Zero);
            var coverage = new byte[area.Width * area.Height];
            for (var i = 0; i < coverage.Length; i++)
            {
                coverage[i] = (byte)(random.Next(3) == 0 ? 255 : 0);
            }

            var mask = new RegionMask(area, coverage);
            frame.PixelsIn(area);
            frame.MarkCovered(mask);
            var after = frame.Fold().ToArray();
            AssertFaithful(geometry, before, after, mask);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_blackened_frame_is_black_and_opaque_everywhere(string name)
    {
        var layout = PlanarLayout.For(name)!;
        var geometry = new PlanarGeometry(layout, 19, 13, YuvMatrix.Of("bt709", layout.Model == ColourModel.Grey ? "pc" : "tv", 13));
        using var frame = new PlanarFrame(new FramePool(geometry), Gentle(geometry, new Random(5)), 0, 0, TimeSpan.Zero);

        Veil.Pipeline.FrameCover.Black(frame);

        var samples = frame.Fold().ToArray();
        for (var plane = 0; plane < layout.Planes; plane++)
        {
            var expected = plane == 3 ? (1 << layout.Depth) - 1
                : layout.Model != ColourModel.Yuv ? 0
                : plane == 0 ? 16 << (layout.Depth - 8) : 128 << (layout.Depth - 8);
            Assert.All(Plane(geometry, samples, plane), sample => Assert.Equal(expected, sample));
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_reduced_picture_shows_what_the_whole_one_does(string name)
    {
        var layout = PlanarLayout.For(name)!;
        foreach (var (width, height) in new[] { (1, 1), (64, 48), (67, 35), (130, 5) })
        {
            var geometry = new PlanarGeometry(layout, width, height, YuvMatrix.Of("bt709", "tv", height));
            var samples = Gentle(geometry, new Random(width));
            using var whole = new PixelBuffer(width, height, geometry.Format);
            PlanarDecoding.Decode(geometry, samples, whole.Bounds, whole);
            using var expected = Kernels.PixelConversion.ToRgb24(whole);

            using var reduced = PlanarReduction.ToRgb24(geometry, samples, 1);

            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width * 3; x++)
                {
                    Assert.InRange(reduced.Row(y)[x] - expected.Row(y)[x], -2, 2);
                }
            }
        }
    }

    [Fact]
    public void Sixteen_pixels_at_a_time_are_the_same_as_one()
    {
        var random = new Random(3);
        foreach (var (space, range) in new[] { ("bt709", "tv"), ("bt709", "pc"), ("bt2020nc", "tv"), ("smpte170m", "pc") })
        {
            var factors = YuvMatrix.Of(space, range, 100).For(8, 255);
            for (var length = 1; length < 100; length++)
            {
                var planes = Enumerable.Range(0, 3).Select(_ => new byte[length]).ToArray();
                Array.ForEach(planes, random.NextBytes);
                var target = new byte[length * 3];

                var done = YuvRows.ToRgb24(planes[0], planes[1], planes[2], target, factors);

                Assert.True(done <= length);
                for (var x = 0; x < done; x++)
                {
                    Assert.Equal(factors.ToRgb(planes[0][x], planes[1][x], planes[2][x]), ((int)target[x * 3], (int)target[(x * 3) + 1], (int)target[(x * 3) + 2]));
                }
            }
        }
    }

    [Fact]
    public void Rows_are_repeated_and_summed_as_one_sample_at_a_time_would_be()
    {
        var random = new Random(4);
        for (var length = 1; length < 140; length++)
        {
            var (samples, sums, doubled) = (new byte[length], new ushort[length], new byte[length]);
            random.NextBytes(samples);
            SampleRows.Add(samples, sums);
            SampleRows.Add(samples, sums);
            SampleRows.Double(samples, doubled);
            for (var x = 0; x < length; x++)
            {
                Assert.Equal((2 * samples[x], samples[x / 2]), (sums[x], doubled[x]));
            }
        }
    }

    [Fact]
    public void Colours_of_a_row_do_not_depend_on_where_it_is_cut()
    {
        var geometry = new PlanarGeometry(PlanarLayout.For("yuv420p")!, 331, 6, YuvMatrix.Of("bt709", "tv", 6));
        var samples = new byte[geometry.FrameBytes];
        new Random(8).NextBytes(samples);
        using var whole = new PixelBuffer(331, 6, PixelFormat.Rgb24);
        using var cut = new PixelBuffer(331, 6, PixelFormat.Rgb24);
        PlanarDecoding.Decode(geometry, samples, whole.Bounds, whole);
        for (int left = 0, width = 1; left < 331; left += width, width = (width + 6) % 40 + 1)
        {
            PlanarDecoding.Decode(geometry, samples, new PixelRect(left, 0, Math.Min(331, left + width), 6), cut);
        }

        Assert.Equal(whole.Span.ToArray(), cut.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Luma_of_a_reduced_picture_is_the_mean_of_its_pixels(string name)
    {
        var layout = PlanarLayout.For(name)!;
        foreach (var (width, height) in new[] { (8, 8), (67, 35), (33, 64) })
        {
            var geometry = new PlanarGeometry(layout, width, height, YuvMatrix.Of("bt709", "tv", height));
            var samples = Gentle(geometry, new Random(height));
            var plane = Plane(geometry, samples, 0);
            foreach (var reduction in new[] { 1, 2, 4, 8 })
            {
                using var luma = PlanarReduction.Luma(geometry, samples, reduction);
                for (var y = 0; y < luma.Height; y++)
                {
                    for (var x = 0; x < luma.Width; x++)
                    {
                        var mean = Enumerable.Range(0, reduction * reduction)
                            .Average(i => plane[(((y * reduction) + (i / reduction)) * width) + (x * reduction) + (i % reduction)]) / (1 << (layout.Depth - 8));
                        Assert.InRange(luma.Row(y)[x] - mean, -1, 1);
                    }
                }
            }
        }
    }

    /// <summary>Colours far from the borders of what can be shown, so that none is clipped.</summary>
    private static byte[] Gentle(PlanarGeometry geometry, Random random)
    {
        var samples = new byte[geometry.FrameBytes];
        var (layout, at) = (geometry.Layout, 0);
        for (var plane = 0; plane < layout.Planes; plane++)
        {
            var yuv = layout.Model == ColourModel.Yuv && plane is 1 or 2;
            for (var i = 0; i < layout.PlaneWidth(plane, geometry.Width) * layout.PlaneHeight(plane, geometry.Height); i++)
            {
                var value = (yuv ? random.Next(118, 138) : random.Next(70, 180)) << (layout.Depth - 8);
                if (layout.SampleBytes == 1)
                {
                    samples[at++] = (byte)value;
                }
                else
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(samples.AsSpan(at), (ushort)value);
                    at += 2;
                }
            }
        }

        return samples;
    }

    private static void AssertFaithful(PlanarGeometry geometry, byte[] before, byte[] after, RegionMask mask)
    {
        var layout = geometry.Layout;

        // Fixed-point factors and the mean of a colour sample's pixels: one 8-bit step.
        var tolerance = 1 << (layout.Depth - 8);
        for (var plane = 0; plane < layout.Planes; plane++)
        {
            var (old, now) = (Plane(geometry, before, plane), Plane(geometry, after, plane));
            var columns = layout.PlaneWidth(plane, geometry.Width);
            var (shiftX, shiftY) = plane is 1 or 2 ? (layout.ShiftX, layout.ShiftY) : (0, 0);
            for (var i = 0; i < old.Length; i++)
            {
                var (x, y) = (i % columns << shiftX, i / columns << shiftY);
                if (!IsCovered(mask, x, y, Math.Min(geometry.Width, x + (1 << shiftX)), Math.Min(geometry.Height, y + (1 << shiftY))))
                {
                    Assert.Equal(old[i], now[i]);
                }
                else if (plane < 3)
                {
                    Assert.InRange(now[i] - old[i], -tolerance, tolerance);
                }
                else
                {
                    Assert.Equal((1 << layout.Depth) - 1, now[i]);
                }
            }
        }
    }

    private static bool IsCovered(RegionMask mask, int left, int top, int right, int bottom)
    {
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                if (mask[x, y] != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static int[] Plane(PlanarGeometry geometry, byte[] frame, int plane)
    {
        var bytes = geometry.Plane(frame, plane).Samples.Span;
        var values = new int[bytes.Length / geometry.Layout.SampleBytes];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = geometry.Layout.SampleBytes == 1 ? bytes[i] : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
        }

        return values;
    }
}
