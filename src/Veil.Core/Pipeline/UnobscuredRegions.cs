using System.Numerics;
using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>
/// Adds to the faces that another provider gives what surely is in front of them (<see cref="FaceOccluders"/>), for methods that leave it as it
/// is. Faces without dense points, and other regions, pass through. Only the pixels around each face are asked for. The network is loaded with
/// the first face that needs it. Owns the provider.
/// </summary>
/// <remarks>
/// Frames of moving pictures pass through: what is in front of a face moves between the frames that are looked at, and the half of
/// a face that a stale mask lays bare for a moment is enough to know somebody by.
/// </remarks>
/// <param name="regions">Says where faces are, with their points.</param>
/// <param name="parser">Gives what tells the parts of people; called once.</param>
public sealed class UnobscuredRegions(IRegionProvider regions, Func<PersonParser> parser) : CompletedRegions(regions)
{
    private PersonParser? _loaded;

    /// <inheritdoc/>
    protected override bool Lacks(Region region) => region is { Kind: RegionKind.Face, Occluder: null, Points: not null, Box.LongSide: >= FaceOccluders.LeastSide };

    /// <inheritdoc/>
    protected override Region Complete(Frame frame, Region region)
    {
        if (frame.IsMoving)
        {
            return region;
        }

        _loaded ??= parser();
        var area = FaceOccluders.Reads(region).Intersect(new PixelRect(0, 0, frame.Width, frame.Height));
        if (area.IsEmpty)
        {
            return region;
        }

        using var pixels = FrameArea.Rgb(frame, area);
        var (corner, own) = (new Vector2(area.Left, area.Top), new PixelRect(0, 0, area.Width, area.Height));
        var shifted = region with { Box = region.Box.Offset(-corner.X, -corner.Y), Points = region.Points!.Map(point => point - corner) };
        return FaceOccluders.Of(shifted, _loaded(pixels, own)) is { } occluder ? region with { Occluder = occluder.Offset(area.Left, area.Top).Packed() } : region;
    }
}
