using System.Collections.Immutable;

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
}
