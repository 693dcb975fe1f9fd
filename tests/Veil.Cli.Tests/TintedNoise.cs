using Veil.Anonymization;
using Veil.Imaging;

namespace Veil.Tests;

/// <summary>Small pictures of noise that a network learns to tell apart by their colour.</summary>
internal static class TintedNoise
{
    /// <summary>Draws one as PNG.</summary>
    /// <param name="channel">The channel that is brighter than the others.</param>
    /// <param name="seed">Another seed, another picture.</param>
    public static byte[] Draw(int channel, int seed)
    {
        var pixels = new PixelBuffer(24, 24, PixelFormat.Rgb24);
        var random = new SplitMix64((ulong)seed);
        for (var i = 0; i < pixels.Span.Length; i++)
        {
            pixels.Span[i] = (byte)((i % 3 == channel ? 120 : 20) + random.Below(80));
        }

        using var picture = Picture.FromPixels(pixels, PictureFormat.Png);
        return picture.Encode();
    }
}
