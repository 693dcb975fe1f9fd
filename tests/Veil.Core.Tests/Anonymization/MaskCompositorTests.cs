using System.Runtime.InteropServices;
using Veil.Anonymization.Methods;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization;

public sealed class MaskCompositorTests
{
    private static readonly PixelRect Strip = new(0, 0, 4, 1);
    private static readonly Region Region = new(new Box(0, 0, 4, 1), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));

    [Fact]
    public void A_soft_edge_blends_in_eight_bits()
    {
        using var picture = PixelBuffer.Wrap(new byte[] { 10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30 }, 4, 1, 12, PixelFormat.Rgb24);
        Apply(picture, "#ff0000", 0, 51, 254, 255);
        Assert.Equal([10, 20, 30, 59, 16, 24, 254, 0, 0, 255, 0, 0], picture.Row(0).ToArray());
    }

    [Fact]
    public void A_soft_edge_blends_in_sixteen_bits()
    {
        using var picture = new PixelBuffer(4, 1, PixelFormat.Gray16);
        var row = MemoryMarshal.Cast<byte, ushort>(picture.Row(0));
        row.Fill(1001);
        Apply(picture, "white", 0, 51, 204, 255);
        Assert.Equal([1001, 13908, 52628, 65535], row.ToArray());
    }

    [Fact]
    public void Colour_becomes_luma_in_grey_pictures()
    {
        using var picture = new PixelBuffer(4, 1, PixelFormat.Gray8);
        Apply(picture, "#00ff00", 255, 255, 0, 255);
        Assert.Equal([150, 150, 0, 150], picture.Row(0).ToArray());
    }

    [Fact]
    public void What_was_cut_out_becomes_opaque_so_that_alpha_shows_no_outline()
    {
        using var picture = new PixelBuffer(4, 1, PixelFormat.Rgba32);
        Apply(picture, "#0a1420", 0, 51, 204, 255);
        // Over a transparent pixel the colour is the new one alone; alpha is the coverage.
        Assert.Equal([0, 0, 0, 0, 10, 20, 32, 51, 10, 20, 32, 204, 10, 20, 32, 255], picture.Row(0).ToArray());
    }

    [Fact]
    public void Over_an_opaque_pixel_alpha_stays_opaque_and_colours_mix()
    {
        using var picture = PixelBuffer.Wrap(Enumerable.Repeat((byte)255, 32).ToArray(), 4, 1, 32, PixelFormat.Rgba64);
        Apply(picture, "black", 0, 51, 204, 255);
        Assert.Equal(
            [65535, 65535, 65535, 65535, 52428, 52428, 52428, 65535, 13107, 13107, 13107, 65535, 0, 0, 0, 65535],
            MemoryMarshal.Cast<byte, ushort>(picture.Row(0)).ToArray());
    }

    private static void Apply(PixelBuffer picture, string colour, params byte[] coverage) =>
        SolidAnonymizer.Describe().Create(new SolidOptions { Color = Rgb.Parse(colour) }).Apply(picture, Region, new RegionMask(Strip, coverage));
}
