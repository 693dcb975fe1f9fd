using System.Numerics;
using Veil.Regions;
using Veil.Studio.Projects;
using Veil.Video.Proxies;

namespace Veil.Studio.Films.Previews;

/// <summary>Regions of a film in the pixels of its proxy. Strengths and growth are relative, so that it is covered there as it will be.</summary>
internal static class ReducedRegions
{
    /// <summary>What is covered in some frames, which count from 0.</summary>
    public static RegionTimeline Timeline(string name, ReviewedItem item, ProxySize size, int first, int count)
    {
        var (x, y) = ((float)size.Width / item.Width, (float)size.Height / item.Height);
        return new RegionTimeline(name, size.Width, size.Height, [.. Enumerable.Range(0, count).Select(index => new FrameRegions(
            index, item.Frames[first + index].Time,
            [.. item.Frames[first + index].Regions.Where(region => region.IsCovered).Select(region => Scale(region.Region, x, y))]))]);
    }

    private static Region Scale(Region region, float x, float y)
    {
        var box = region.Box.Scale(x, y);
        return region with
        {
            Box = box,
            Reference = region.Reference?.Scale(x, y),
            Landmarks = region.Landmarks?.Map(Scaled),
            Points = region.Points?.Map(Scaled),
            Outline = [.. region.Outline.Select(Scaled)],
            Mask = region.Mask?.Moved(region.Box, box),
        };

        Vector2 Scaled(Vector2 point) => new(point.X * x, point.Y * y);
    }
}
