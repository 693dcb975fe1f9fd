using System.Globalization;
using Veil.Imaging;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Evaluation.Verification.Checks;

/// <summary>
/// The output is a version of its original: beside faces and what was covered it shows the same. Comparing it with anything
/// else, e.g. with its neighbour in the folder or with its mirror image, would say nothing.
/// </summary>
public sealed class SceneCheck : IOutputCheck
{
    /// <summary>Correlation of luma below which two pictures are not of one scene.</summary>
    public const double LeastAgreement = 0.5;

    // Two flat grounds, both with a little noise, correlate with nothing.
    private const double LeastDifference = 12;
    private const double LeastDeviation = 4;
    private const double LeastShare = 0.1;

    /// <inheritdoc/>
    public string Id => "scene";

    /// <inheritdoc/>
    public string Summary => "Beside faces and covered regions the output shows what the original shows.";

    /// <inheritdoc/>
    public void Frames(OutputPair pair, FramePair frames, VerificationNotes notes)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(notes);
        if (!frames.IsSampled)
        {
            return;
        }

        var (width, height) = (frames.Original.Width, frames.Original.Height);
        var outside = Outside(frames, width, height);
        double n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0, off = 0;
        for (var y = 0; y < height; y++)
        {
            var first = frames.OriginalRgb.Row(y);
            var second = frames.OutputRgb.Row(y);
            for (var x = 0; x < width; x++)
            {
                if (!outside[(y * width) + x])
                {
                    continue;
                }

                var (u, v) = (Luma(first, 3 * x), Luma(second, 3 * x));
                (n, a, b, aa, bb, ab, off) = (n + 1, a + u, b + v, aa + (u * u), bb + (v * v), ab + (u * v), off + Math.Abs(u - v));
            }
        }

        var (varianceA, varianceB) = (aa - (a * a / Math.Max(1, n)), bb - (b * b / Math.Max(1, n)));
        if (n < LeastShare * width * height || off < LeastDifference * n || varianceB < LeastDeviation * LeastDeviation * n)
        {
            return;
        }

        var agreement = varianceA < n ? 0 : (ab - (a * b / n)) / Math.Sqrt(varianceA * varianceB);
        if (agreement < LeastAgreement)
        {
            notes.Add(
                this, FindingTone.Unchecked, string.Create(CultureInfo.InvariantCulture, $"it is no version of the original: beside faces and what was covered they do not agree (correlation {agreement:0.00})"),
                FindingPlace.Of(frames.Original.Index, new Box(0, 0, width, height)), Math.Round(agreement, 4));
        }
    }

    private static bool[] Outside(FramePair frames, int width, int height)
    {
        var outside = new bool[width * height];
        outside.AsSpan().Fill(true);
        foreach (var area in frames.Faces.Select(face => face.Box.ToPixels()).Concat((frames.Covered ?? []).Select(mask => mask.Bounds)))
        {
            var inside = area.Intersect(new PixelRect(0, 0, width, height));
            for (var y = inside.Top; y < inside.Bottom; y++)
            {
                outside.AsSpan((y * width) + inside.Left, Math.Max(0, inside.Width)).Clear();
            }
        }

        return outside;
    }

    private static double Luma(ReadOnlySpan<byte> row, int at) => (0.299 * row[at]) + (0.587 * row[at + 1]) + (0.114 * row[at + 2]);
}
