using System.Numerics;
using Veil.Imaging;

namespace Veil.Evaluation.Video;

/// <summary>
/// How a patch has moved from one frame to the next, below a pixel: the turn, scale and shift of least squared differences
/// of luma, by Gauss–Newton steps with the patch's own gradients (Lucas and Kanade, 1981; the inverse compositional form of
/// Baker and Matthews, Lucas-Kanade 20 Years On, 2004). A change of light as a whole does not count.
/// </summary>
internal static class PatchMotion
{
    private const int CoarseSide = 24;
    private const int MostSteps = 12;

    // Steps that move no point of the patch by more than this share of a point end the search.
    private const float Still = 0.01f;

    // A step that leads out of the patch by a quarter is no movement of a face from frame to frame.
    private const float Farthest = 0.25f;

    /// <summary>Where the patch lies in the next frame.</summary>
    /// <param name="before">The patch where it is known.</param>
    /// <param name="coarse">The same by <see cref="Coarse"/>.</param>
    /// <param name="picture">The next frame, <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="side">The columns and rows that <paramref name="expected"/> counts in: those of <paramref name="before"/>.</param>
    /// <param name="expected">From the patch to the next frame, roughly.</param>
    /// <returns>From the patch to the next frame; what was expected, where nothing better is found.</returns>
    public static Matrix3x2 Follow(FacePatch before, FacePatch coarse, PixelBuffer picture, int side, Matrix3x2 expected) =>
        Refine(before, picture, side, Refine(coarse, picture, side, expected));

    /// <summary>The patch at the size at which a search begins.</summary>
    public static FacePatch Coarse(PixelBuffer picture, int side, Matrix3x2 toPicture) => FacePatch.Cut(picture, Math.Min(side, CoarseSide), Matrix3x2.CreateScale((float)side / Math.Min(side, CoarseSide)) * toPicture);

    private static Matrix3x2 Refine(FacePatch patch, PixelBuffer picture, int fullSide, Matrix3x2 expected)
    {
        var side = patch.Side;
        var scale = Matrix3x2.CreateScale((float)fullSide / side);
        var map = scale * expected;
        var (luma, gradients) = (patch.Luma(), new List<(int At, Vector4 Steepest)>());
        var hessian = new double[4, 4];
        for (var y = 1; y < side - 1; y++)
        {
            for (var x = 1; x < side - 1; x++)
            {
                if (!FacePatch.Holds(side, x, y))
                {
                    continue;
                }

                var at = (y * side) + x;
                var (right, down) = ((luma[at + 1] - luma[at - 1]) / 2, (luma[at + side] - luma[at - side]) / 2);

                // About the middle, in shares of the side: scale, turn, and the two shifts are of one size then.
                var (u, v) = (((x + 0.5f) / side) - 0.5f, ((y + 0.5f) / side) - 0.5f);
                var steepest = new Vector4((right * u) + (down * v), (down * u) - (right * v), right, down);
                gradients.Add((at, steepest));
                for (var r = 0; r < 4; r++)
                {
                    for (var c = 0; c < 4; c++)
                    {
                        hessian[r, c] += steepest[r] * steepest[c];
                    }
                }
            }
        }

        var (best, least) = (map, double.PositiveInfinity);
        for (var step = 0; step <= MostSteps; step++)
        {
            var now = FacePatch.Cut(picture, side, map).Luma();
            var mean = gradients.Count == 0 ? 0 : gradients.Average(one => now[one.At] - luma[one.At]);
            var (error, towards) = (0.0, new double[4]);
            foreach (var (at, steepest) in gradients)
            {
                var difference = now[at] - luma[at] - mean;
                error += difference * difference;
                for (var i = 0; i < 4; i++)
                {
                    towards[i] += steepest[i] * difference;
                }
            }

            if (!(error < least))
            {
                break;
            }

            (best, least) = (map, error);
            if (Solve(hessian, towards) is not { } change || change.Any(value => Math.Abs(value) > Farthest * side))
            {
                break;
            }

            // The steps above are in points of the patch; the change is undone on the patch's side.
            var (growth, turn) = ((float)change[0] / side, (float)change[1] / side);
            var moved = Matrix3x2.CreateTranslation(-side / 2f, -side / 2f) * new Matrix3x2(1 + growth, turn, -turn, 1 + growth, (float)change[2], (float)change[3])
                * Matrix3x2.CreateTranslation(side / 2f, side / 2f);
            if (!Matrix3x2.Invert(moved, out var back))
            {
                break;
            }

            map = back * map;
            if (change.All(value => Math.Abs(value) < Still))
            {
                break;
            }
        }

        return Matrix3x2.Invert(scale, out var unscaled) ? unscaled * best : expected;
    }

    // Gauss with pivots; null where the patch is too plain to tell.
    private static double[]? Solve(double[,] matrix, double[] right)
    {
        var (a, b) = ((double[,])matrix.Clone(), (double[])right.Clone());
        for (var i = 0; i < b.Length; i++)
        {
            var pivot = Enumerable.Range(i, b.Length - i).MaxBy(row => Math.Abs(a[row, i]));
            if (!(Math.Abs(a[pivot, i]) > 1e-3))
            {
                return null;
            }

            for (var c = 0; c < b.Length; c++)
            {
                (a[i, c], a[pivot, c]) = (a[pivot, c], a[i, c]);
            }

            (b[i], b[pivot]) = (b[pivot], b[i]);
            for (var r = 0; r < b.Length; r++)
            {
                var factor = r == i ? 0 : a[r, i] / a[i, i];
                for (var c = i; c < b.Length; c++)
                {
                    a[r, c] -= factor * a[i, c];
                }

                b[r] -= factor * b[i];
            }
        }

        return [.. b.Select((value, i) => value / a[i, i])];
    }
}
