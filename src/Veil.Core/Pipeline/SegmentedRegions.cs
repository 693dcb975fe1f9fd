using Veil.Detection;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>
/// Adds a mask to the regions that another provider gives, where their pixels can be told; elsewhere the box stays all there
/// is, and all of it is covered. Regions that have a mask or outline keep it; those of other kinds pass through. Only the
/// pixels around each region are asked for. The segmenter is loaded with the first region that needs it. Owns provider and
/// segmenter.
/// </summary>
/// <param name="regions">Says where regions are.</param>
/// <param name="segmenter">Finds their pixels.</param>
public sealed class SegmentedRegions(IRegionProvider regions, SegmenterDescriptor segmenter) : IRegionProvider
{
    private IRegionSegmenter? _loaded;

    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var found = regions.Find(item, frame, cancellationToken);
        var result = new List<Region>(found.Count);
        foreach (var region in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            result.Add(region is { Mask: null, Outline.IsEmpty: true } && region.Kind == segmenter.Kind && Shows(frame, region.Box) ? Complete(frame, region) : region);
        }

        return result;
    }

    /// <inheritdoc/>
    public void Complete(MediaItem item, int frames) => regions.Complete(item, frames);

    /// <inheritdoc/>
    public void Dispose()
    {
        regions.Dispose();
        _loaded?.Dispose();
    }

    /// <summary>What lies outside the picture has no pixels, and of what is many times as large the picture holds a fraction.</summary>
    private static bool Shows(Frame frame, Box box) =>
        !box.Intersect(new Box(0, 0, frame.Width, frame.Height)).IsEmpty && box.LongSide <= 4f * Math.Max(frame.Width, frame.Height);

    private Region Complete(Frame frame, Region region)
    {
        _loaded ??= segmenter.Create();
        var area = _loaded.Reads(region).Intersect(new PixelRect(0, 0, frame.Width, frame.Height));
        using var pixels = Take(frame.PixelsIn(area), area);
        var mask = _loaded.Segment(pixels, region with { Box = region.Box.Offset(-area.Left, -area.Top) });
        return mask is null ? region : region with { Mask = mask.Offset(area.Left, area.Top) };
    }

    /// <summary>The area alone: what lies around it may not be decoded yet.</summary>
    private static PixelBuffer Take(PixelBuffer picture, PixelRect area)
    {
        if (picture.Format == PixelFormat.Rgb24)
        {
            return picture.View(area);
        }

        var rgb = new PixelBuffer(area.Width, area.Height, PixelFormat.Rgb24);
        PixelConversion.ToRgb24(picture, area, rgb);
        return rgb;
    }
}
