namespace Veil.Kernels;

/// <summary>
/// Fills gaps in a field of numbers by the surface a membrane would take that is fixed where values are known: the
/// screened Poisson equation <c>Δv = v / reach²</c>, which for an endless reach is Laplace's. Thread-safe.
/// </summary>
/// <remarks>
/// Solved from coarse to fine (cascadic multigrid, Bornemann and Deuflhard, 1996): each level starts from the coarser
/// one's solution and takes a few sweeps of Gauss and Seidel. The rim of the field is free. The result is smooth and exact
/// enough for pictures, not for calculating. The same input gives the same numbers.
/// </remarks>
public static class Membrane
{
    private const int Sweeps = 6;
    private const int SmallestSide = 4;

    /// <summary>Fills the unknown values.</summary>
    /// <param name="values">Rows of interleaved channels; those of unknown places are replaced, all others stay.</param>
    /// <param name="known">One number for every place, row after row: 0 is unknown.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">Numbers per place, at least 1.</param>
    /// <param name="reach">
    /// After how many places values have faded to about a third on their way to 0; above 0. <see cref="float.PositiveInfinity"/>: they do not fade.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit, or the reach is not above 0.</exception>
    public static void Fill(Span<float> values, ReadOnlySpan<byte> known, int width, int height, int channels, float reach)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (values.Length != width * height * channels || known.Length != width * height)
        {
            throw new ArgumentException($"Expected {width}×{height}×{channels} values and {width}×{height} marks, but received {values.Length} and {known.Length}.", nameof(values));
        }

        if (!(reach > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(reach), reach, "Expected a number above 0.");
        }

        for (var i = 0; i < known.Length; i++)
        {
            if (known[i] == 0)
            {
                values.Slice(i * channels, channels).Clear();
            }
        }

        if (known.ContainsAnyExcept((byte)0) && known.Contains((byte)0))
        {
            Solve(values, known, width, height, channels, reach);
        }
    }

    private static void Solve(Span<float> values, ReadOnlySpan<byte> known, int width, int height, int channels, float reach)
    {
        if (Math.Max(width, height) > SmallestSide)
        {
            var (halfWidth, halfHeight) = ((width + 1) / 2, (height + 1) / 2);
            var coarse = new float[halfWidth * halfHeight * channels];
            var marks = new byte[halfWidth * halfHeight];
            Reduce(values, known, width, height, channels, coarse, marks);
            Solve(coarse, marks, halfWidth, halfHeight, channels, reach / 2);
            Enlarge(coarse, halfWidth, halfHeight, values, known, width, height, channels);
        }

        var pull = 1 / (reach * reach);
        var sweeps = Math.Max(width, height) > SmallestSide ? Sweeps : 8 * Sweeps;
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            // To and fro, so that neither direction is favoured.
            for (var i = 0; i < known.Length; i++)
            {
                var at = sweep % 2 == 0 ? i : known.Length - 1 - i;
                if (known[at] == 0)
                {
                    Relax(values, at, width, height, channels, pull);
                }
            }
        }
    }

    private static void Relax(Span<float> values, int at, int width, int height, int channels, float pull)
    {
        var (x, y) = (at % width, at / width);
        var row = width * channels;
        var neighbours = (x > 0 ? 1 : 0) + (x < width - 1 ? 1 : 0) + (y > 0 ? 1 : 0) + (y < height - 1 ? 1 : 0);
        var share = 1 / (neighbours + pull);
        for (int c = 0, i = at * channels; c < channels; c++, i++)
        {
            var sum = (x > 0 ? values[i - channels] : 0) + (x < width - 1 ? values[i + channels] : 0)
                + (y > 0 ? values[i - row] : 0) + (y < height - 1 ? values[i + row] : 0);
            values[i] = sum * share;
        }
    }

    // The mean of what is known in four places; unknown only where nothing is.
    private static void Reduce(ReadOnlySpan<float> values, ReadOnlySpan<byte> known, int width, int height, int channels, Span<float> coarse, Span<byte> marks)
    {
        var halfWidth = (width + 1) / 2;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (from, to) = ((y * width) + x, (y / 2 * halfWidth) + (x / 2));
                if (known[from] != 0)
                {
                    marks[to]++;
                    for (var c = 0; c < channels; c++)
                    {
                        coarse[(to * channels) + c] += values[(from * channels) + c];
                    }
                }
            }
        }

        for (var i = 0; i < marks.Length; i++)
        {
            for (var c = 0; c < channels && marks[i] > 1; c++)
            {
                coarse[(i * channels) + c] /= marks[i];
            }
        }
    }

    private static void Enlarge(ReadOnlySpan<float> coarse, int coarseWidth, int coarseHeight, Span<float> values, ReadOnlySpan<byte> known, int width, int height, int channels)
    {
        for (var y = 0; y < height; y++)
        {
            var v = Math.Clamp(((y + 0.5f) / 2) - 0.5f, 0, coarseHeight - 1);
            var (top, fy) = ((int)v, v - (int)v);
            var low = Math.Min(top + 1, coarseHeight - 1);
            for (var x = 0; x < width; x++)
            {
                if (known[(y * width) + x] != 0)
                {
                    continue;
                }

                var u = Math.Clamp(((x + 0.5f) / 2) - 0.5f, 0, coarseWidth - 1);
                var (left, fx) = ((int)u, u - (int)u);
                var right = Math.Min(left + 1, coarseWidth - 1);
                for (var c = 0; c < channels; c++)
                {
                    float a = coarse[(((top * coarseWidth) + left) * channels) + c], b = coarse[(((top * coarseWidth) + right) * channels) + c];
                    float d = coarse[(((low * coarseWidth) + left) * channels) + c], e = coarse[(((low * coarseWidth) + right) * channels) + c];
                    var above = a + (fx * (b - a));
                    values[(((y * width) + x) * channels) + c] = above + (fy * (d + (fx * (e - d)) - above));
                }
            }
        }
    }
}
