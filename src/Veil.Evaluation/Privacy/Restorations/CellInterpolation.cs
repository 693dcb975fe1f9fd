using Veil.Anonymization.Methods;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Privacy.Restorations;

/// <summary>
/// Undoes a mosaic's steps: smooth surfaces through the cells' colours, by cubic convolution (Keys, "Cubic convolution
/// interpolation for digital image processing", 1981). It adds nothing that the cells do not have, but networks read it better.
/// </summary>
/// <param name="options">The mosaic's settings.</param>
internal sealed class CellInterpolation(PixelateOptions options) : IRestoration
{
    public string Summary => "cubic interpolation between the cells' colours";

    public void Restore(PixelBuffer image, CoveredRegion covered)
    {
        var area = covered.Mask.Bounds.Intersect(image.Bounds);
        if (area.IsEmpty)
        {
            return;
        }

        var box = (covered.Region.Reference ?? covered.Region.Box).Offset(-area.Left, -area.Top);
        var side = Math.Max(1, options.Cell.Resolve(Math.Max(1, box.LongSide)));
        var columns = Cells.Of(area.Width, box.Left, options.Grid > 0 ? Math.Max(box.Width / options.Grid, 1e-3f) : side);
        var rows = Cells.Of(area.Height, box.Top, options.Grid > 0 ? Math.Max(box.Height / options.Grid, 1e-3f) : side);
        var colours = Means(image.View(area), columns, rows);
        var places = Enumerable.Range(0, area.Width).Select(columns.At).ToArray();
        for (var y = 0; y < area.Height; y++)
        {
            var (row, weightsDown) = rows.At(y);
            var target = image.Row(y + area.Top);
            for (var x = 0; x < area.Width; x++)
            {
                if (covered.Mask[x + area.Left, y + area.Top] != byte.MaxValue)
                {
                    continue;
                }

                var (column, weightsAcross) = places[x];
                for (var channel = 0; channel < 3; channel++)
                {
                    target[((x + area.Left) * 3) + channel] = (byte)(Math.Clamp(Between(channel, row, weightsDown, column, weightsAcross), 0, 255) + 0.5f);
                }
            }
        }

        float Between(int channel, int row, float[] weightsDown, int column, float[] weightsAcross)
        {
            var sum = 0f;
            for (var j = 0; j < 4; j++)
            {
                var line = Math.Clamp(row + j - 1, 0, rows.Count - 1) * columns.Count;
                for (var i = 0; i < 4; i++)
                {
                    sum += weightsDown[j] * weightsAcross[i] * colours[((line + Math.Clamp(column + i - 1, 0, columns.Count - 1)) * 3) + channel];
                }
            }

            return sum;
        }
    }

    /// <summary>The mean colour of each cell, as it is in the picture now: its one colour where the cell is covered.</summary>
    private static float[] Means(PixelBuffer image, Cells columns, Cells rows)
    {
        var (sums, counts) = (new float[columns.Count * rows.Count * 3], new int[columns.Count * rows.Count]);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < image.Width; x++)
            {
                var cell = (rows.Holding(y) * columns.Count) + columns.Holding(x);
                counts[cell]++;
                for (var channel = 0; channel < 3; channel++)
                {
                    sums[(cell * 3) + channel] += row[(x * 3) + channel];
                }
            }
        }

        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] /= Math.Max(1, counts[i / 3]);
        }

        return sums;
    }

    /// <summary>The cells along one axis that hold a pixel's centre.</summary>
    /// <param name="First">Number of the first, counted from the region's edge.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Origin">The region's edge.</param>
    /// <param name="Side">Of a cell, pixels.</param>
    private readonly record struct Cells(int First, int Count, float Origin, float Side)
    {
        public static Cells Of(int length, float origin, float side)
        {
            var first = (int)MathF.Floor((0.5f - origin) / side);
            return new Cells(first, (int)MathF.Floor((length - 0.5f - origin) / side) - first + 1, origin, side);
        }

        public int Holding(int pixel) => Math.Clamp((int)MathF.Floor((pixel + 0.5f - Origin) / Side) - First, 0, Count - 1);

        /// <summary>The cell whose centre is the last before a pixel's centre, and the weights of the four cells around.</summary>
        public (int Cell, float[] Weights) At(int pixel)
        {
            var place = ((pixel + 0.5f - Origin) / Side) - First - 0.5f;
            var cell = (int)MathF.Floor(place);
            var t = place - cell;
            return (cell,
            [
                t * (-0.5f + (t * (1 - (0.5f * t)))),
                1 + (t * t * (-2.5f + (1.5f * t))),
                t * (0.5f + (t * (2 - (1.5f * t)))),
                t * t * (-0.5f + (0.5f * t)),
            ]);
        }
    }
}
