using Veil.Regions;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>Masks whose units meet, and the whole units that hold them: re-encoded together, so that no block is twice.</summary>
/// <param name="Bounds">In the stored picture: whole units, or up to its edge.</param>
/// <param name="Masks">In the upright picture.</param>
internal sealed record CoveredArea(PixelRect Bounds, IReadOnlyList<RegionMask> Masks)
{
    /// <summary>Groups masks.</summary>
    /// <param name="masks">In the upright picture; those that lie outside are left out.</param>
    /// <param name="orientation">How it is stored.</param>
    /// <param name="unit">Size of the unit, stored pixels.</param>
    public static IReadOnlyList<CoveredArea> Group(IReadOnlyList<RegionMask> masks, StoredOrientation orientation, (int Width, int Height) unit)
    {
        var areas = new List<CoveredArea>();
        foreach (var mask in masks)
        {
            var visible = mask.Bounds.Intersect(new PixelRect(0, 0, orientation.UprightWidth, orientation.UprightHeight));
            if (visible.IsEmpty)
            {
                continue;
            }

            var area = new CoveredArea(Align(orientation.ToStored(visible), orientation, unit), [mask]);
            while (areas.FindIndex(other => !other.Bounds.Intersect(area.Bounds).IsEmpty) is >= 0 and var index)
            {
                area = area.Unite(areas[index]);
                areas.RemoveAt(index);
            }

            areas.Add(area);
        }

        return areas;
    }

    /// <summary>The largest coverage of any mask, in packed rows of the stored picture.</summary>
    public byte[] Coverage(StoredOrientation orientation)
    {
        var upright = orientation.ToUpright(Bounds);
        var (width, height) = (upright.Width, upright.Height);
        var coverage = new byte[width * height];
        foreach (var mask in Masks)
        {
            var common = mask.Bounds.Intersect(upright);
            for (var y = common.Top; y < common.Bottom; y++)
            {
                var from = mask.Row(y).Slice(common.Left - mask.Bounds.Left, common.Width);
                var to = coverage.AsSpan(((y - upright.Top) * width) + common.Left - upright.Left, common.Width);
                if (Masks.Count == 1)
                {
                    from.CopyTo(to);
                    continue;
                }

                for (var x = 0; x < to.Length; x++)
                {
                    to[x] = Math.Max(to[x], from[x]);
                }
            }
        }

        if (orientation.Value == 1)
        {
            return coverage;
        }

        var stored = new byte[coverage.Length];
        using var picture = PixelBuffer.Wrap(coverage, width, height, width, PixelFormat.Gray8);
        var alone = new StoredOrientation(orientation.Value, Bounds.Width, Bounds.Height);
        alone.CopyToStored(picture, new PixelRect(0, 0, Bounds.Width, Bounds.Height), stored);
        return stored;
    }

    private static PixelRect Align(PixelRect area, StoredOrientation orientation, (int Width, int Height) unit) => new(
        area.Left / unit.Width * unit.Width,
        area.Top / unit.Height * unit.Height,
        Math.Min(orientation.Width, (area.Right + unit.Width - 1) / unit.Width * unit.Width),
        Math.Min(orientation.Height, (area.Bottom + unit.Height - 1) / unit.Height * unit.Height));

    private CoveredArea Unite(CoveredArea other) => new(
        new PixelRect(
            Math.Min(Bounds.Left, other.Bounds.Left), Math.Min(Bounds.Top, other.Bounds.Top),
            Math.Max(Bounds.Right, other.Bounds.Right), Math.Max(Bounds.Bottom, other.Bounds.Bottom)),
        [.. Masks, .. other.Masks]);
}
