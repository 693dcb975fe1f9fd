using System.Numerics;

namespace Veil.Anonymization.Synthesis.Figures;

/// <summary>A figure while it is painted: what each place of a grid covers, shows and looks like.</summary>
/// <param name="width">Columns, at least 1.</param>
/// <param name="height">Rows, at least 1.</param>
internal sealed class Sketch(int width, int height)
{
    /// <summary>Columns.</summary>
    public int Width => width;

    /// <summary>Rows.</summary>
    public int Height => height;

    /// <summary>How much the figure covers, 0..1.</summary>
    public float[] Cover { get; } = new float[width * height];

    /// <summary>Which bone is shown.</summary>
    public int[] Parts { get; } = new int[width * height];

    /// <summary>Where the surface looks, without its part towards the viewer.</summary>
    public Vector2[] Normals { get; } = new Vector2[width * height];

    /// <summary>How much light other parts leave; 0 where there is nothing of the figure nor near it.</summary>
    public float[] Shades { get; } = new float[width * height];

    /// <summary>Colours, 0..255.</summary>
    public Vector3[] Colours { get; } = new Vector3[width * height];

    /// <summary>Lets parts run into each other: surfaces and shades become the mean of those around.</summary>
    /// <param name="radius">Cells.</param>
    public void Smooth(int radius)
    {
        if (radius < 1)
        {
            return;
        }

        var cells = new Vector4[Cover.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Shades[i] > 0 ? new Vector4(Normals[i], Shades[i], 1) : Vector4.Zero;
        }

        Mean(cells, width, height, 1, width, radius);
        Mean(cells, height, width, width, 1, radius);
        for (var i = 0; i < cells.Length; i++)
        {
            if (Shades[i] > 0)
            {
                (Normals[i], Shades[i]) = (new Vector2(cells[i].X, cells[i].Y) / cells[i].W, cells[i].Z / cells[i].W);
            }
        }
    }

    /// <summary>Takes the hard edge off borders between colours: a quarter, a half and a quarter of neighbours, to both sides.</summary>
    public void Blend()
    {
        foreach (var step in new[] { 1, width })
        {
            var sharp = Colours.AsSpan().ToArray();
            for (var i = step; i < sharp.Length - step; i++)
            {
                if (Shades[i] > 0)
                {
                    var (before, after) = (Shades[i - step] > 0 ? sharp[i - step] : sharp[i], Shades[i + step] > 0 ? sharp[i + step] : sharp[i]);
                    Colours[i] = (before + (2 * sharp[i]) + after) / 4;
                }
            }
        }
    }

    /// <summary>Colour and cover between the middles of cells.</summary>
    public (Vector3 Colour, float Cover) At(float x, float y)
    {
        (x, y) = (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
        var (left, top) = ((int)x, (int)y);
        var (right, low) = (x - left, y - top);
        var (next, bottom) = (Math.Min(left + 1, width - 1), Math.Min(top + 1, height - 1));
        var sum = Add(Vector4.Zero, (top * width) + left, (1 - right) * (1 - low));
        sum = Add(sum, (top * width) + next, right * (1 - low));
        sum = Add(sum, (bottom * width) + left, (1 - right) * low);
        sum = Add(sum, (bottom * width) + next, right * low);
        return sum.W > 0 ? (new Vector3(sum.X, sum.Y, sum.Z) / sum.W, sum.W) : (Vector3.Zero, 0);
    }

    private Vector4 Add(Vector4 sum, int at, float share) => sum + (new Vector4(Colours[at], 1) * (Cover[at] * share));

    /// <summary>Means along lines, in place.</summary>
    private static void Mean(Vector4[] cells, int length, int lines, int step, int lineStep, int radius)
    {
        var line = new Vector4[length];
        for (var l = 0; l < lines; l++)
        {
            for (var i = 0; i < length; i++)
            {
                line[i] = cells[(l * lineStep) + (i * step)];
            }

            var sum = Vector4.Zero;
            for (var i = 0; i < Math.Min(radius, length); i++)
            {
                sum += line[i];
            }

            for (var i = 0; i < length; i++)
            {
                sum += i + radius < length ? line[i + radius] : Vector4.Zero;
                sum -= i - radius - 1 >= 0 ? line[i - radius - 1] : Vector4.Zero;
                cells[(l * lineStep) + (i * step)] = sum;
            }
        }
    }
}
