using System.Numerics;
using Veil.Detection;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>
/// Adds dense points to the faces that another provider gives, where they can be told and fit the face
/// (<see cref="FacePoints.Fits"/>). Faces that have points already keep them; other regions pass through. Only the pixels
/// around each face are asked for. The landmarker is loaded with the first face that needs it. Owns provider and landmarker.
/// </summary>
/// <param name="regions">Says where faces are.</param>
/// <param name="landmarker">Finds their points.</param>
public sealed class LandmarkedRegions(IRegionProvider regions, LandmarkerDescriptor landmarker) : CompletedRegions(regions)
{
    private IFaceLandmarker? _loaded;

    /// <inheritdoc/>
    protected override bool Lacks(Region region) => region is { Kind: RegionKind.Face, Points: null };

    /// <inheritdoc/>
    protected override Region Complete(Frame frame, Region region)
    {
        _loaded ??= landmarker.Create();
        var area = _loaded.Reads(region).Intersect(new PixelRect(0, 0, frame.Width, frame.Height));
        var corner = new Vector2(area.Left, area.Top);
        using var pixels = FrameArea.Rgb(frame, area);
        var shifted = region with { Box = region.Box.Offset(-corner.X, -corner.Y), Landmarks = region.Landmarks?.Map(point => point - corner) };
        var points = _loaded.Locate(pixels, shifted)?.Map(point => point + corner);
        return points is not null && points.Fits(region)
            ? (region with { Points = points, Landmarks = region.Landmarks ?? points.ToLandmarks() }).Rounded()
            : region;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _loaded?.Dispose();
    }
}
