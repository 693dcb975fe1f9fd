using Veil.Detection;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>
/// Which parts of a picture are shown to a network of a square input, and how large: the whole picture, then finer and finer
/// tiles for people too small to be seen in it. Tiles report nobody larger than the width by which they overlap, so that
/// everybody lies whole in one of them, or was large enough for a coarser look. Depends on nothing but its arguments.
/// </summary>
internal static class BodyWindows
{
    /// <summary>Longer side of a person, as a share of the input, up to which tiles are relied on.</summary>
    private const float LargestShare = 0.25f;

    /// <summary>Ratio of scales above which a look in between is due: a person of a quarter of a tile has 25 input pixels or more in the next coarser look, and nine of ten of those were found.</summary>
    private const float LargestStep = 4.5f;

    /// <summary>Two looks whose scales differ by less see the same.</summary>
    private const float SmallestStep = 1.3f;

    /// <summary>Shortest person wanted, in shorter sides of the smallest face wanted: one who sits.</summary>
    private const float FacesTall = 4;

    /// <summary>Input pixels that a person must be tall to be found mostly.</summary>
    private const float SmallestInput = 32;

    /// <summary>Picture pixels, after scaling, of the finest look with standard effort.</summary>
    private const float StandardPixels = 1_300_000;

    /// <summary>Largest enlargement with thorough effort: enlarging further finds no more.</summary>
    private const float ThoroughEnlargement = 1.5f;

    /// <summary>The windows, the whole picture first.</summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="side">Columns and rows of the input.</param>
    /// <param name="smallestFace">Smallest face wanted, picture pixels.</param>
    /// <param name="effort">Thorough neither limits the pixels of the finest look nor stops at the picture's own scale.</param>
    public static IEnumerable<BodyWindow> For(int width, int height, int side, int smallestFace, DetectionEffort effort)
    {
        var whole = Math.Min((float)side / Math.Max(width, height), ThoroughEnlargement);
        yield return new BodyWindow(0, 0, width, height, whole, float.PositiveInfinity);
        var finest = Finest((float)width * height, smallestFace, effort);
        if (finest < whole * SmallestStep)
        {
            yield break;
        }

        var steps = Math.Max(1, (int)MathF.Ceiling(MathF.Log(finest / whole) / MathF.Log(LargestStep)));
        for (var step = 1; step <= steps; step++)
        {
            var scale = whole * MathF.Pow(finest / whole, (float)step / steps);
            var tile = (int)(side / scale);
            var largest = LargestShare * tile;
            foreach (var (top, rows) in Cut(height, tile, largest))
            {
                foreach (var (left, columns) in Cut(width, tile, largest))
                {
                    yield return new BodyWindow(left, top, columns, rows, scale, largest);
                }
            }
        }
    }

    private static float Finest(float area, int smallestFace, DetectionEffort effort)
    {
        var wanted = SmallestInput / (FacesTall * smallestFace);
        return effort == DetectionEffort.Thorough
            ? Math.Min(ThoroughEnlargement, wanted * ThoroughEnlargement)
            : Math.Min(Math.Min(1, wanted), MathF.Sqrt(StandardPixels / area));
    }

    /// <summary>Stretches of one length that cover a side and overlap by at least so much; the last one ends with the side.</summary>
    private static IEnumerable<(int Start, int Length)> Cut(int length, int tile, float overlap)
    {
        if (length <= tile)
        {
            yield return (0, length);
            yield break;
        }

        var count = (int)MathF.Ceiling((length - overlap) / (tile - overlap));
        for (var i = 0; i < count; i++)
        {
            yield return ((int)((long)i * (length - tile) / (count - 1)), tile);
        }
    }
}
