using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

public sealed class PixelConversionTests
{
    [Fact]
    public void All_16_bit_values_round_to_the_nearest_8_bit_value()
    {
        var wide = Enumerable.Range(0, 65536).Select(value => (ushort)value).ToArray();
        var narrow = new byte[wide.Length];
        PixelConversion.NarrowTo8(wide, narrow);
        for (var value = 0; value < wide.Length; value++)
        {
            Assert.Equal(((value * 255) + 32767) / 65535, narrow[value]);
        }
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Gray16)]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Rgb48)]
    [InlineData(PixelFormat.Rgba32)]
    [InlineData(PixelFormat.Rgba64)]
    public void Every_format_becomes_Rgb24(PixelFormat format)
    {
        using var source = new PixelBuffer(37, 9, format);
        new Random(1).NextBytes(source.Span);
        var area = new PixelRect(3, 2, 36, 8);
        using var target = new PixelBuffer(area.Width, area.Height, PixelFormat.Rgb24);
        PixelConversion.ToRgb24(source, area, target);
        var channels = format.Channels();
        for (var y = 0; y < area.Height; y++)
        {
            var row = source.Row(y + area.Top);
            for (var i = 0; i < area.Width * 3; i++)
            {
                var at = ((area.Left + (i / 3)) * channels) + (channels == 1 ? 0 : i % 3);
                var expected = format.BytesPerChannel() == 1 ? row[at] : (byte)(((MemoryMarshal.Cast<byte, ushort>(row)[at] * 255) + 32767) / 65535);
                Assert.Equal(expected, target.Row(y)[i]);
            }
        }
    }

    [Fact]
    public void Rows_of_every_length_lose_their_alpha_and_nothing_else()
    {
        for (var width = 1; width < 40; width++)
        {
            var source = Enumerable.Range(0, 4 * width).Select(i => (byte)(i * 7)).ToArray();
            var target = new byte[(3 * width) + 1];
            PixelConversion.RowToRgb24(source, PixelFormat.Rgba32, target.AsSpan(0, 3 * width));
            Assert.Equal(source.Where((_, i) => i % 4 != 3), target[..^1]);
            Assert.Equal(0, target[^1]);
        }
    }

    [Fact]
    public void Luminance_is_that_of_Rec_601()
    {
        using var source = new PixelBuffer(200, 50, PixelFormat.Rgb24);
        new Random(2).NextBytes(source.Span);
        using var target = new PixelBuffer(200, 50, PixelFormat.Gray8);
        PixelConversion.ToGray8(source, source.Bounds, target);
        for (var i = 0; i < target.Span.Length; i++)
        {
            var exact = (0.299 * source.Span[3 * i]) + (0.587 * source.Span[(3 * i) + 1]) + (0.114 * source.Span[(3 * i) + 2]);
            Assert.InRange(target.Span[i], exact - 0.52, exact + 0.52);
        }
    }

    [Fact]
    public void Targets_of_another_size_or_format_are_refused()
    {
        using var source = new PixelBuffer(8, 8, PixelFormat.Rgba32);
        using var small = new PixelBuffer(7, 8, PixelFormat.Rgb24);
        using var wrong = new PixelBuffer(8, 8, PixelFormat.Gray8);
        Assert.Throws<ArgumentException>(() => PixelConversion.ToRgb24(source, source.Bounds, small));
        Assert.Throws<ArgumentException>(() => PixelConversion.ToRgb24(source, source.Bounds, wrong));
        Assert.Throws<ArgumentException>(() => PixelConversion.ToGray8(source, source.Bounds, wrong));
    }
}
