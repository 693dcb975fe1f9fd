using System.Numerics;

namespace Veil.Anonymization.Faces;

/// <summary>
/// Brings one shape near to another by a map of few numbers: a polynomial of the given degree per coordinate (least
/// squares). What the map cannot express, such as how far apart this person's eyes are, stays as it was.
/// </summary>
internal static class FaceFit
{
    /// <summary>The shape, moved.</summary>
    /// <param name="shape">What to move.</param>
    /// <param name="target">Where to.</param>
    /// <param name="degree">
    /// 0: turned, scaled and shifted. 1: also squeezed and sheared, as a face is that turns. 2: also bent, as its middle is
    /// nearer than its sides. Without contours of the same layout it is 0.
    /// </param>
    public static FaceShape Fit(FaceShape shape, FaceShape target, int degree)
    {
        if (degree == 0 || shape.Layout is null || shape.Layout != target.Layout)
        {
            var similarity = Similarity.Fit(shape.Five.AsSpan(), target.Five.AsSpan());
            return shape.Map(point => Vector2.Transform(point, similarity));
        }

        // About the middle and in units of the face, so that the sums are of one size.
        var (centre, unit) = (shape.Five[2], shape.Length);
        var terms = degree == 1 ? 3 : 6;
        var sums = new double[terms, terms + 2];
        var row = new double[terms];
        for (var i = 0; i < shape.Controls.Length; i++)
        {
            Terms((shape.Controls[i] - centre) / unit, row);
            for (var r = 0; r < terms; r++)
            {
                for (var c = 0; c < terms; c++)
                {
                    sums[r, c] += row[r] * row[c];
                }

                sums[r, terms] += row[r] * target.Controls[i].X;
                sums[r, terms + 1] += row[r] * target.Controls[i].Y;
            }
        }

        Solve(sums, terms);
        return shape.Map(point =>
        {
            Terms((point - centre) / unit, row);
            double x = 0, y = 0;
            for (var r = 0; r < terms; r++)
            {
                x += row[r] * sums[r, terms];
                y += row[r] * sums[r, terms + 1];
            }

            return new Vector2((float)x, (float)y);
        });
    }

    private static void Terms(Vector2 point, double[] terms)
    {
        (terms[0], terms[1], terms[2]) = (1, point.X, point.Y);
        if (terms.Length > 3)
        {
            (terms[3], terms[4], terms[5]) = (point.X * point.X, point.X * point.Y, point.Y * point.Y);
        }
    }

    // Gauss and Jordan, with pivots; a pinch on the diagonal keeps points in a line from making it singular.
    private static void Solve(double[,] sums, int terms)
    {
        for (var r = 0; r < terms; r++)
        {
            sums[r, r] += 1e-6;
        }

        for (var r = 0; r < terms; r++)
        {
            var pivot = Enumerable.Range(r, terms - r).MaxBy(i => Math.Abs(sums[i, r]));
            for (var c = 0; c < terms + 2; c++)
            {
                (sums[r, c], sums[pivot, c]) = (sums[pivot, c], sums[r, c]);
            }

            for (var i = 0; i < terms; i++)
            {
                var factor = i == r ? 0 : sums[i, r] / sums[r, r];
                for (var c = r; c < terms + 2 && factor != 0; c++)
                {
                    sums[i, c] -= factor * sums[r, c];
                }
            }
        }

        for (var r = 0; r < terms; r++)
        {
            sums[r, terms] /= sums[r, r];
            sums[r, terms + 1] /= sums[r, r];
        }
    }
}
