using System.Numerics;
using Veil.Imaging;

namespace Veil.Evaluation.Video;

/// <summary>A face cut out of a frame onto a square grid, in colour. Immutable.</summary>
/// <param name="Side">Columns and rows.</param>
/// <param name="Colours">Red, green, blue of each point in steps of 255, row by row.</param>
internal sealed record FacePatch(int Side, Vector3[] Colours)
{
    // More samples a point cost more than they tell.
    private const int MostSamples = 3;

    /// <summary>Cuts.</summary>
    /// <param name="picture"><see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="side">Columns and rows of the patch.</param>
    /// <param name="toPicture">From the patch, both in pixel-edge coordinates. Beyond the picture its border counts.</param>
    public static FacePatch Cut(PixelBuffer picture, int side, Matrix3x2 toPicture)
    {
        // As many samples a point as it takes pixels, so that fine grain counts as what is left of it at this size.
        var step = MathF.Sqrt(MathF.Abs(toPicture.GetDeterminant()));
        var samples = Math.Clamp((int)MathF.Ceiling(step), 1, MostSamples);
        var colours = new Vector3[side * side];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var sum = Vector3.Zero;
                for (var i = 0; i < samples * samples; i++)
                {
                    var point = new Vector2(x + (((i % samples) + 0.5f) / samples), y + (((i / samples) + 0.5f) / samples));
                    sum += Sample(picture, Vector2.Transform(point, toPicture));
                }

                colours[(y * side) + x] = sum / (samples * samples);
            }
        }

        return new FacePatch(side, colours);
    }

    /// <summary>The luma of each point.</summary>
    public float[] Luma() => [.. Colours.Select(colour => Vector3.Dot(colour, new Vector3(0.299f, 0.587f, 0.114f)))];

    /// <summary>True for points of the ellipse that the patch's square holds: where the face is.</summary>
    public static bool Holds(int side, int x, int y)
    {
        var (u, v) = (((x + 0.5f) / side * 2) - 1, ((y + 0.5f) / side * 2) - 1);
        return (u * u) + (v * v) < 1;
    }

    /// <summary>The mean difference of two patches inside the ellipse, in steps of 255.</summary>
    public float DifferenceFrom(FacePatch other)
    {
        var (sum, count) = (0.0, 0);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                if (Holds(Side, x, y))
                {
                    var difference = Vector3.Abs(Colours[(y * Side) + x] - other.Colours[(y * Side) + x]);
                    (sum, count) = (sum + ((difference.X + difference.Y + difference.Z) / 3), count + 1);
                }
            }
        }

        return (float)(sum / Math.Max(1, count));
    }

    private static Vector3 Sample(PixelBuffer picture, Vector2 point)
    {
        var (u, v) = (Math.Clamp(point.X - 0.5f, 0, picture.Width - 1), Math.Clamp(point.Y - 0.5f, 0, picture.Height - 1));
        var (x, y) = ((int)u, (int)v);
        var (right, low) = (Math.Min(x + 1, picture.Width - 1), Math.Min(y + 1, picture.Height - 1));
        var above = picture.Row(y);
        var below = picture.Row(low);
        return Vector3.Lerp(
            Vector3.Lerp(At(above, x), At(above, right), u - x),
            Vector3.Lerp(At(below, x), At(below, right), u - x), v - y);
    }

    private static Vector3 At(ReadOnlySpan<byte> row, int x) => new(row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]);
}
