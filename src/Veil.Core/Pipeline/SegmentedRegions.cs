using Veil.Detection;
using Veil.Imaging;
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
public sealed class SegmentedRegions(IRegionProvider regions, SegmenterDescriptor segmenter) : CompletedRegions(regions)
{
    private IRegionSegmenter? _loaded;

    /// <inheritdoc/>
    protected override bool Lacks(Region region) => region is { Mask: null, Outline.IsEmpty: true } && region.Kind == segmenter.Kind;

    /// <inheritdoc/>
    protected override Region Complete(Frame frame, Region region)
    {
        _loaded ??= segmenter.Create();
        var area = _loaded.Reads(region).Intersect(new PixelRect(0, 0, frame.Width, frame.Height));
        using var pixels = FrameArea.Rgb(frame, area);
        var mask = _loaded.Segment(pixels, region with { Box = region.Box.Offset(-area.Left, -area.Top) });
        return mask is null ? region : region with { Mask = mask.Offset(area.Left, area.Top) };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _loaded?.Dispose();
    }
}
