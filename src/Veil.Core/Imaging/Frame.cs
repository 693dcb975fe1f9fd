using Veil.Regions;

namespace Veil.Imaging;

/// <summary>
/// One picture of a still or moving image on its way through the pipeline. One owner at a time: whoever holds it disposes
/// it or hands it on. Pixels are upright (orientation applied). A derived frame may decode its pixels only where they are
/// asked for; <see cref="Pixels"/> always asks for all of them, so that nobody takes an undecoded area for an empty one.
/// </summary>
/// <param name="pixels">The pixels; owned by the frame.</param>
/// <param name="index">0 for the first.</param>
/// <param name="timestamp">Presentation time from the start; zero for stills.</param>
public class Frame(PixelBuffer pixels, int index, TimeSpan timestamp) : IDisposable
{
    private readonly List<RegionMask> _covered = [];

    /// <summary>Columns.</summary>
    public int Width => pixels.Width;

    /// <summary>Rows.</summary>
    public int Height => pixels.Height;

    /// <summary>All pixels; changed in place by the anonymizer.</summary>
    /// <exception cref="Errors.VeilException">They cannot be decoded.</exception>
    public PixelBuffer Pixels => PixelsIn(pixels.Bounds);

    /// <summary>0 for the first.</summary>
    public int Index { get; } = index;

    /// <summary>Presentation time from the start; zero for stills.</summary>
    public TimeSpan Timestamp { get; } = timestamp;

    /// <summary>True for a frame of moving pictures, false for a still.</summary>
    public virtual bool IsMoving => false;

    /// <summary>True when parts of it may be what a decoder made up in place of damaged data: nobody is told in such a picture.</summary>
    public virtual bool IsDamaged => false;

    /// <summary>Which pixels were anonymized so far. A sink that writes another representation (CMYK, JPEG coefficients) replaces exactly these.</summary>
    public IReadOnlyList<RegionMask> Covered => _covered;

    /// <summary>The whole picture's buffer, of which only an area is sure to be decoded: for whoever reads and writes nothing else.</summary>
    /// <param name="area">May reach over the border.</param>
    /// <exception cref="Errors.VeilException">They cannot be decoded.</exception>
    public PixelBuffer PixelsIn(PixelRect area)
    {
        var visible = area.Intersect(pixels.Bounds);
        if (!visible.IsEmpty)
        {
            Decode(visible, pixels);
        }

        return pixels;
    }

    /// <summary>The original picture at a fraction of its size, where that is cheaper than all pixels; null where it is not.</summary>
    /// <param name="reduction">1, 2, 4 or 8.</param>
    /// <returns>Owned by the caller.</returns>
    /// <exception cref="Errors.VeilException">It cannot be decoded.</exception>
    public virtual ReducedFrame? Reduce(int reduction) => null;

    /// <summary>The original picture's luma at a fraction of its size, to tell motion from.</summary>
    /// <param name="reduction">1, 2, 4 or 8: so many pixels along each side become one; what is left over at the right and bottom is not looked at.</param>
    /// <returns><see cref="PixelFormat.Gray8"/>; owned by the caller.</returns>
    /// <exception cref="Errors.VeilException">It cannot be decoded.</exception>
    public virtual PixelBuffer Luma(int reduction)
    {
        using var rgb = Kernels.PixelConversion.ToRgb24(Pixels);
        using var grey = new PixelBuffer(Width, Height, PixelFormat.Gray8);
        Kernels.PixelConversion.ToGray8(rgb, rgb.Bounds, grey);
        var luma = new PixelBuffer(Math.Max(1, Width / reduction), Math.Max(1, Height / reduction), PixelFormat.Gray8);
        for (var y = 0; y < luma.Height; y++)
        {
            var from = grey.Row(y * reduction);
            var to = luma.Row(y);
            for (var x = 0; x < to.Length; x++)
            {
                to[x] = from[x * reduction];
            }
        }

        return luma;
    }

    /// <summary>Notes that the pixels under a mask were anonymized.</summary>
    public void MarkCovered(RegionMask mask) => _covered.Add(mask);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes sure that an area is decoded. What was decoded before is left alone, since it may be changed by now.</summary>
    /// <param name="area">Inside the picture, not empty.</param>
    /// <param name="target">The whole picture.</param>
    protected virtual void Decode(PixelRect area, PixelBuffer target)
    {
    }

    /// <summary>Frees the pixels.</summary>
    /// <param name="disposing">True: frames have no finalizer.</param>
    protected virtual void Dispose(bool disposing) => pixels.Dispose();
}
