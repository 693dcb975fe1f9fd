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
public sealed class LandmarkedRegions(IRegionProvider regions, LandmarkerDescriptor landmarker) : IRegionProvider
{
    private IFaceLandmarker? _loaded;

    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var found = regions.Find(item, frame, cancellationToken);
        var result = new List<Region>(found.Count);
        foreach (var region in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            result.Add(region is { Kind: RegionKind.Face, Points: null } && Shows(frame, region.Box) ? Complete(frame, region) : region);
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

    /// <summary>A face outside the picture has no points, nor has one so large that the picture holds a fraction of it.</summary>
    private static bool Shows(Frame frame, Box box) =>
        !box.Intersect(new Box(0, 0, frame.Width, frame.Height)).IsEmpty && box.LongSide <= 4f * Math.Max(frame.Width, frame.Height);

    private Region Complete(Frame frame, Region face)
    {
        _loaded ??= landmarker.Create();
        var area = _loaded.Reads(face).Intersect(new PixelRect(0, 0, frame.Width, frame.Height));
        var corner = new Vector2(area.Left, area.Top);
        using var pixels = FrameArea.Rgb(frame, area);
        var shifted = face with { Box = face.Box.Offset(-corner.X, -corner.Y), Landmarks = face.Landmarks?.Map(point => point - corner) };
        var points = _loaded.Locate(pixels, shifted)?.Map(point => point + corner);
        return points is not null && points.Fits(face)
            ? (face with { Points = points, Landmarks = face.Landmarks ?? points.ToLandmarks() }).Rounded()
            : face;
    }
}
