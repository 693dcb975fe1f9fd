using System.Numerics;
using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class SkinLikenessTests
{
    [Fact]
    public void Skin_is_like_skin_also_in_shadow_and_a_blue_wall_is_not()
    {
        using var picture = Filled(new Vector3(60, 90, 200));
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width / 2; x++)
            {
                var light = y < picture.Height / 2 ? 1 : 0.7f;
                Set(picture, x, y, light * new Vector3(200, 150, 120));
            }
        }

        var likeness = SkinLikeness.Of(picture, ColourStatistics.Opponents(200, 150, 120));

        Assert.Equal(255, likeness[(20 * picture.Width) + 20]);
        Assert.Equal(255, likeness[(80 * picture.Width) + 20]);
        Assert.Equal(0, likeness[(20 * picture.Width) + 80]);
    }

    private static PixelBuffer Filled(Vector3 colour)
    {
        var picture = new PixelBuffer(96, 96, PixelFormat.Rgb24);
        for (var y = 0; y < 96; y++)
        {
            for (var x = 0; x < 96; x++)
            {
                Set(picture, x, y, colour);
            }
        }

        return picture;
    }

    private static void Set(PixelBuffer picture, int x, int y, Vector3 colour)
    {
        var pixel = picture.Row(y).Slice(3 * x, 3);
        (pixel[0], pixel[1], pixel[2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
    }
}
