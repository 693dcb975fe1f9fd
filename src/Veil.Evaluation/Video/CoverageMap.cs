using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Video;

/// <summary>Which pixels of a frame are surely covered: the soft edge around does not count. Not thread-safe.</summary>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
internal sealed class CoverageMap(int width, int height)
{
    private readonly bool[] _covered = new bool[width * height];

    /// <summary>Starts again with the regions of another frame.</summary>
    public void Fill(IReadOnlyList<Region> regions, RegionPolicies policies)
    {
        Array.Clear(_covered);
        foreach (var mask in regions.Select(region => policies.Cover(region, width, height)?.Mask).OfType<RegionMask>())
        {
            var area = mask.Bounds.Intersect(new PixelRect(0, 0, width, height));
            for (var y = area.Top; y < area.Bottom; y++)
            {
                var row = mask.Row(y);
                for (var x = area.Left; x < area.Right; x++)
                {
                    _covered[(y * width) + x] |= row[x - mask.Bounds.Left] == byte.MaxValue;
                }
            }
        }
    }

    /// <summary>The covered share of a box's pixels in the picture, 0..1; 1 where it has none.</summary>
    public float Share(Box box)
    {
        var area = box.ToPixels().Intersect(new PixelRect(0, 0, width, height));
        if (area.IsEmpty)
        {
            return 1;
        }

        var count = 0;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            count += _covered.AsSpan((y * width) + area.Left, area.Width).Count(true);
        }

        return count / (float)(area.Width * area.Height);
    }

    /// <summary>The share of the picture that is covered here and not there, 0..1.</summary>
    public float ShareOutside(CoverageMap other)
    {
        var count = 0;
        for (var i = 0; i < _covered.Length; i++)
        {
            count += _covered[i] && !other._covered[i] ? 1 : 0;
        }

        return count / (float)_covered.Length;
    }
}
