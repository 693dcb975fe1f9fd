using Veil.Imaging;

namespace Veil.Regions;

/// <summary>
/// Turns shapes into coverage. Every pixel that a shape touches, however slightly, gets 255; the soft edge lies outside
/// only. Coordinates are pixel edges (see <see cref="Box"/>), computed in double precision. Results are clipped to the
/// picture, and null where no pixel of it is touched. Thread-safe.
/// </summary>
public static partial class MaskRasterizer
{
    private const byte Covered = byte.MaxValue;

    /// <summary>The smallest mask around the covered pixels and their soft edge, or null when the picture holds none of it.</summary>
    private static (PixelRect Bounds, byte[] Coverage)? Allocate(PixelRect covered, SoftEdge edge, PixelRect picture)
    {
        var bounds = covered.Inflate(edge.Reach).Intersect(picture);
        return covered.Intersect(picture).IsEmpty ? null : (bounds, new byte[bounds.Width * bounds.Height]);
    }

    private static RegionMask? Finish(PixelRect bounds, byte[] coverage) =>
        coverage.AsSpan().Contains(Covered) ? new RegionMask(bounds, coverage) : null;

    /// <summary>Pixels touched by the open interval from <paramref name="from"/> to <paramref name="to"/>, half-open, within limits.</summary>
    private static (int Start, int End) Touched(double from, double to, int lowest, int highest) =>
        ((int)Math.Floor(Math.Clamp(from, lowest, highest)), (int)Math.Ceiling(Math.Clamp(to, lowest, highest)));
}
