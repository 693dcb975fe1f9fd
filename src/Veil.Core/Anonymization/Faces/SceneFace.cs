using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Faces;

/// <summary>Cuts one person's face out of a picture, without anybody else's.</summary>
internal static class SceneFace
{
    // How far around the mask is cut out, as a share of the box's longer side: the place it goes to may be wider.
    private const float Around = 0.25f;

    /// <summary>The pixels that are read for a region.</summary>
    public static PixelRect Reads(Region region, RegionMask mask) =>
        mask.Bounds.Inflate((int)MathF.Ceiling(Around * region.Box.LongSide) + FaceBlend.Margin);

    /// <summary>
    /// A copy of the region and what is around it. Pixels covered for other people are filled from those around them: a part
    /// of a neighbour's face may not come along, least of all back to the neighbour.
    /// </summary>
    /// <param name="scene">The picture.</param>
    /// <param name="donor">Index of the region.</param>
    /// <param name="person">Indices of all regions of the same person.</param>
    public static FacePicture Cut(CoveredScene scene, int donor, IReadOnlyList<int> person)
    {
        var (region, mask) = scene.Covered[donor];
        var area = Reads(region, mask).Intersect(scene.Original.Bounds);
        using var view = scene.Original.View(area);
        var pixels = view.Clone();
        var known = new byte[area.Width * area.Height];
        Array.Fill(known, (byte)1);
        foreach (var other in scene.Covered.Where((_, index) => !person.Contains(index)).Concat(scene.Pending))
        {
            Forget(known, area, region, other);
        }

        if (known.Contains((byte)0))
        {
            Fill(pixels, known);
        }

        return new FacePicture(pixels, FaceShape.Of(region).Map(point => new(point.X - area.Left, point.Y - area.Top)));
    }

    // What two people's regions share belongs to the one whose box it lies deeper in.
    private static void Forget(byte[] known, PixelRect area, Region own, CoveredRegion other)
    {
        var both = area.Intersect(other.Mask.Bounds);
        for (var y = both.Top; y < both.Bottom; y++)
        {
            for (var x = both.Left; x < both.Right; x++)
            {
                if (other.Mask[x, y] != 0 && Depth(own.Box, x, y) >= Depth(other.Region.Box, x, y))
                {
                    known[((y - area.Top) * area.Width) + x - area.Left] = 0;
                }
            }
        }
    }

    private static float Depth(Box box, int x, int y)
    {
        var (u, v) = ((x + 0.5f - box.CenterX) / box.Width, (y + 0.5f - box.CenterY) / box.Height);
        return (u * u) + (v * v);
    }

    private static void Fill(PixelBuffer pixels, byte[] known)
    {
        var values = new float[known.Length * 3];
        for (var y = 0; y < pixels.Height; y++)
        {
            var row = pixels.Row(y);
            for (var i = 0; i < row.Length; i++)
            {
                values[(y * row.Length) + i] = row[i];
            }
        }

        Membrane.Fill(values, known, pixels.Width, pixels.Height, 3, float.PositiveInfinity);
        for (var y = 0; y < pixels.Height; y++)
        {
            var row = pixels.Row(y);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (byte)Math.Clamp(values[(y * row.Length) + i] + 0.5f, 0, byte.MaxValue);
            }
        }
    }
}
