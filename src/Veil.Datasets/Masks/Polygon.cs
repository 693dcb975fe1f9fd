using System.Collections.Immutable;
using Veil.Regions;

namespace Veil.Datasets.Masks;

/// <summary>
/// An outline in pixel-edge coordinates. Double precision, since the COCO reference rounds corners to fifths of a pixel and
/// single precision falls on the other side of some of them.
/// </summary>
/// <param name="Coordinates">x and y of each corner in turn; three corners or more; the last joins the first.</param>
public readonly record struct Polygon(ImmutableArray<double> Coordinates)
{
    /// <summary>Number of corners.</summary>
    public int Corners => Coordinates.Length / 2;

    /// <summary>The area inside, in square pixels, where no edges cross.</summary>
    public double Area
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Corners; i++)
            {
                var next = i + 1 == Corners ? 0 : i + 1;
                sum += (Coordinates[i * 2] * Coordinates[(next * 2) + 1]) - (Coordinates[next * 2] * Coordinates[(i * 2) + 1]);
            }

            return Math.Abs(sum) / 2;
        }
    }

    /// <summary>The four corners of a box.</summary>
    /// <param name="box">The box.</param>
    public static Polygon Of(Box box) => new([box.Left, box.Top, box.Right, box.Top, box.Right, box.Bottom, box.Left, box.Bottom]);

    /// <summary>The smallest box around polygons; null when they have no corner.</summary>
    /// <param name="polygons">Any number.</param>
    public static Box? BoxAround(ImmutableArray<Polygon> polygons)
    {
        var (left, top, right, bottom) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var polygon in polygons)
        {
            for (var i = 0; i < polygon.Corners; i++)
            {
                var (x, y) = (polygon.Coordinates[i * 2], polygon.Coordinates[(i * 2) + 1]);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return left <= right ? new Box((float)left, (float)top, (float)right, (float)bottom) : null;
    }
}
