using Veil.Imaging;

namespace Veil.Studio.Projects;

/// <summary>Pixels of an original in memory, shared by whoever looks at them. Nobody changes them.</summary>
/// <param name="Pixels"><see cref="PixelFormat.Rgb24"/>, upright, in managed memory: it is freed when nobody looks at it any more.</param>
/// <param name="IsDamaged">Whether parts of it may be made up by a decoder: it is covered whole then.</param>
internal sealed record DecodedFrame(PixelBuffer Pixels, bool IsDamaged)
{
    /// <summary>Memory that it takes.</summary>
    public long Bytes => (long)Pixels.Stride * Pixels.Height;
}
