using System.Numerics;
using Veil.Regions;

namespace Veil.Imaging;

/// <summary>A frame's original picture at a fraction of its size, for detection. Owns its pixels.</summary>
/// <param name="pixels"><see cref="PixelFormat.Rgb24"/>, upright.</param>
/// <param name="reduction">Frame pixels per reduced pixel along each side.</param>
/// <param name="left">Where the reduced picture's left edge lies in the frame: 0, or a little before it.</param>
/// <param name="top">Where its top edge lies.</param>
public sealed class ReducedFrame(PixelBuffer pixels, int reduction, int left, int top) : IDisposable
{
    /// <summary>The pixels, <see cref="PixelFormat.Rgb24"/>.</summary>
    public PixelBuffer Pixels { get; } = pixels;

    /// <summary>A region of the reduced picture in the frame's coordinates.</summary>
    public Region ToFrame(Region region)
    {
        ArgumentNullException.ThrowIfNull(region);
        return region with
        {
            Box = region.Box.Scale(reduction, reduction).Offset(left, top),
            Landmarks = region.Landmarks?.Map(ToFrame),
            Points = region.Points?.Map(ToFrame),
            Outline = [.. region.Outline.Select(ToFrame)],
            Mask = region.Mask is { } mask ? ToFrame(mask) : null,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Pixels.Dispose();

    private Vector2 ToFrame(Vector2 point) => (point * reduction) + new Vector2(left, top);

    private RegionMask ToFrame(RegionMask mask)
    {
        var from = mask.Bounds;
        var bounds = new PixelRect(from.Left * reduction, from.Top * reduction, from.Right * reduction, from.Bottom * reduction);
        var coverage = new byte[bounds.Width * bounds.Height];
        for (var y = 0; y < bounds.Height; y++)
        {
            var row = mask.Row(from.Top + (y / reduction));
            for (var x = 0; x < bounds.Width; x++)
            {
                coverage[(y * bounds.Width) + x] = row[x / reduction];
            }
        }

        return new RegionMask(bounds.Offset(left, top), coverage);
    }
}
