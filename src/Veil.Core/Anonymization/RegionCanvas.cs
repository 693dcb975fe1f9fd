using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>
/// What a method draws on: an 8-bit RGB rectangle that stands for the visible pixels of one region. Canvas coordinates
/// start at the top-left corner of <see cref="Area"/>. What is drawn reaches the picture through the mask only.
/// </summary>
public sealed class RegionCanvas
{
    internal RegionCanvas(Region region, RegionMask mask, PixelRect area, PixelBuffer target)
    {
        (Region, Mask, Area, Target) = (region, mask, area, target);
        Box = (region.Reference ?? region.Box).Offset(-area.Left, -area.Top);
    }

    /// <summary>Coverage in the picture's coordinates.</summary>
    public RegionMask Mask { get; }

    /// <summary>The region in the picture's coordinates.</summary>
    public Region Region { get; }

    /// <summary>The pixels of the picture that the canvas stands for: all that the mask describes and the picture has.</summary>
    public PixelRect Area { get; }

    /// <summary>
    /// The region's grown box, or its <see cref="Region.Reference"/>, in canvas coordinates, not clipped: it may reach over the
    /// canvas, and grids and gradients that start from it stay in place while a region leaves the picture.
    /// </summary>
    public Box Box { get; }

    /// <summary>The box's longer side in pixels: what relative strengths refer to.</summary>
    public float LongSide => Math.Max(1, Box.LongSide);

    /// <summary>Where to draw, <see cref="PixelFormat.Rgb24"/>, as large as <see cref="Area"/>; black at first.</summary>
    public PixelBuffer Target { get; }

    /// <summary>Columns.</summary>
    public int Width => Area.Width;

    /// <summary>Rows.</summary>
    public int Height => Area.Height;

    /// <summary>Coverage of canvas row <paramref name="y"/>.</summary>
    public ReadOnlySpan<byte> Coverage(int y) =>
        Mask.Row(y + Area.Top).Slice(Area.Left - Mask.Bounds.Left, Width);

    /// <summary>
    /// Random numbers for this region: from the seed and the person or track, so that somebody keeps a look through a folder
    /// or film, or from the seed and the region's place, coarsely rounded, where there is neither. Never from pixels.
    /// </summary>
    /// <param name="seed">The method's seed option.</param>
    public SplitMix64 Random(int seed)
    {
        const float step = 8;
        var who = Region.Person is { } person ? SplitMix64.Combine(3, (ulong)person)
            : Region.Track is { } track ? SplitMix64.Combine(1, (ulong)track)
            : SplitMix64.Combine(
                SplitMix64.Combine(2, (ulong)(long)MathF.Round(Region.Box.CenterX / step)),
                (ulong)(long)MathF.Round(Region.Box.CenterY / step));
        return new SplitMix64(SplitMix64.Combine((ulong)seed, who));
    }
}
