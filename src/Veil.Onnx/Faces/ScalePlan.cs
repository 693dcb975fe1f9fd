using Veil.Detection;
using Veil.Onnx.Inference;

namespace Veil.Onnx.Faces;

/// <summary>
/// Which inferences a picture gets: a fine pass that makes the smallest wanted face large enough for the model, and coarser
/// passes for larger faces down to one that shows the whole picture small. Each pass reports only the sizes it is good
/// at. Passes larger than a limit are cut into tiles that overlap by the largest face they are relied on for, so that
/// every such face lies whole in one of them. Depends on nothing but its arguments.
/// </summary>
internal static class ScalePlan
{
    /// <summary>Inputs are padded to multiples of this.</summary>
    public const int Multiple = 32;

    /// <summary>Two passes whose scales differ by less see the same; the finer one is enough.</summary>
    private const float SmallestStep = 1.3f;

    /// <summary>Tiles lie on whole pixels, so that each may lose one on either side.</summary>
    private const int Rounding = 2;

    /// <summary>Thorough passes lie closer together.</summary>
    private const float ThoroughStep = 1.6f;

    /// <summary>Makes the plan.</summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="smallestFace">Smallest face wanted, picture pixels.</param>
    /// <param name="effort">Standard limits the pixels of the finest pass; thorough does not, and mirrors.</param>
    /// <param name="rules">What was measured about the model.</param>
    /// <returns>At least one pass; finest first.</returns>
    public static IReadOnlyList<ScalePass> For(int width, int height, int smallestFace, DetectionEffort effort, ScaleRules rules)
    {
        var area = (float)width * height;
        var thorough = effort == DetectionEffort.Thorough;
        var finest = Math.Min(thorough ? rules.ThoroughEnlargement : rules.LargestEnlargement, rules.SmallestInputFace / smallestFace);
        if (!thorough)
        {
            finest = Math.Min(finest, MathF.Sqrt(rules.StandardPixels / area));
        }

        var coarsest = Math.Min(finest, WholePictureScale(width, height, rules));
        var steps = (int)MathF.Ceiling((MathF.Log(finest / coarsest) / MathF.Log(thorough ? ThoroughStep : rules.LargestStep)) - 0.01f);
        var step = steps == 0 ? 1 : MathF.Pow(finest / coarsest, 1f / steps);
        if (step < SmallestStep)
        {
            // One pass is enough; it must show the whole picture at once.
            (steps, finest) = (0, coarsest);
        }

        var passes = new List<ScalePass>();
        for (var i = 0; i <= steps; i++)
        {
            var scale = finest / MathF.Pow(step, i);

            // The ranges of neighbouring passes overlap: what one sees badly at the end of its range, the other sees well.
            var smallest = i == 0 ? 0 : rules.LargestInputFace / step / 2 / scale;
            var largest = i == steps ? float.PositiveInfinity : rules.LargestInputFace / scale;
            foreach (var window in i == steps ? [Whole(width, height, coarsest)] : Windows(width, height, scale, rules.LargestInputFace + Rounding, rules))
            {
                passes.Add(new ScalePass(window, smallest, largest, Mirroring.None, 2 * i));
                if (thorough)
                {
                    passes.Add(new ScalePass(window, smallest, largest, Mirroring.Horizontal, (2 * i) + 1));
                }
            }
        }

        return passes;
    }

    /// <summary>
    /// The largest of 8, 4, 2 and 1 by which a picture may be reduced so that its plan shows the model inputs of the same
    /// sizes, and enlarges nothing.
    /// </summary>
    public static int Reduction(int width, int height, int smallestFace, DetectionEffort effort, ScaleRules rules)
    {
        var full = For(width, height, smallestFace, effort, rules);
        for (var reduction = 8; reduction > 1; reduction /= 2)
        {
            var reduced = For((width + reduction - 1) / reduction, (height + reduction - 1) / reduction, smallestFace, effort, rules);
            if (reduced.Count == full.Count && full.Zip(reduced).All(pair => SeesTheSame(pair.First.Window, pair.Second.Window)))
            {
                return reduction;
            }
        }

        return 1;
    }

    // Sizes round differently where a side is no multiple of the reduction.
    private static bool SeesTheSame(SourceWindow full, SourceWindow reduced) =>
        reduced.Scale <= 1 && Math.Abs(full.Width - reduced.Width) <= 1 + (full.Width / 500) && Math.Abs(full.Height - reduced.Height) <= 1 + (full.Height / 500);

    /// <summary>The tiles of one pass.</summary>
    internal static IEnumerable<SourceWindow> Windows(int width, int height, float scale, float overlap, ScaleRules rules)
    {
        var columns = Math.Max(1, (int)MathF.Round(width * scale));
        var rows = Math.Max(1, (int)MathF.Round(height * scale));
        var (across, down) = Grid(columns, rows, (int)MathF.Ceiling(overlap), rules);
        var (tileWidth, tileHeight) = (TileSide(columns, across, overlap), TileSide(rows, down, overlap));
        for (var j = 0; j < down; j++)
        {
            for (var i = 0; i < across; i++)
            {
                var left = across == 1 ? 0 : (int)((long)i * (columns - tileWidth) / (across - 1));
                var top = down == 1 ? 0 : (int)((long)j * (rows - tileHeight) / (down - 1));
                yield return new SourceWindow(left / scale, top / scale, scale, tileWidth, tileHeight);
            }
        }
    }

    private static SourceWindow Whole(int width, int height, float scale) =>
        new(0, 0, scale, Math.Max(1, (int)MathF.Round(width * scale)), Math.Max(1, (int)MathF.Round(height * scale)));

    /// <summary>The scale of the pass that shows the whole picture in one inference, also when padding makes a thin one large.</summary>
    private static float WholePictureScale(int width, int height, ScaleRules rules)
    {
        var scale = MathF.Sqrt(rules.CoarsestPixels / ((float)width * height));
        while (!Fits(Padded((int)MathF.Round(width * scale)), Padded((int)MathF.Round(height * scale)), rules))
        {
            scale *= 0.95f;
        }

        return scale;
    }

    private static bool Fits(int paddedWidth, int paddedHeight, ScaleRules rules) => rules.FixedInput is { } size
        ? paddedWidth <= size.Width && paddedHeight <= size.Height
        : (long)paddedWidth * paddedHeight <= rules.TilePixels;

    /// <summary>The grid of tiles within the limit that costs the fewest input pixels in all.</summary>
    private static (int Across, int Down) Grid(int columns, int rows, int overlap, ScaleRules rules)
    {
        var best = (Across: 1, Down: 1);
        var bestCost = long.MaxValue;
        for (var across = 1; across <= 1 + (columns / Multiple); across++)
        {
            var tileWidth = Padded(TileSide(columns, across, overlap));
            for (var down = 1; down <= 1 + (rows / Multiple); down++)
            {
                var tileHeight = Padded(TileSide(rows, down, overlap));
                if (!Fits(tileWidth, tileHeight, rules))
                {
                    continue;
                }

                var cost = (long)across * down * tileWidth * tileHeight;
                if (cost < bestCost)
                {
                    (best, bestCost) = ((across, down), cost);
                }

                break;
            }
        }

        return best;
    }

    private static int TileSide(int length, int count, float overlap) =>
        count == 1 ? length : Math.Min(length, (int)MathF.Ceiling((length + ((count - 1) * overlap)) / count));

    private static int Padded(int side) => (Math.Max(1, side) + Multiple - 1) / Multiple * Multiple;
}
