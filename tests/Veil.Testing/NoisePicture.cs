using Veil.Anonymization;
using Veil.Imaging;

namespace Veil.Testing;

/// <summary>Pictures in which every byte is drawn at random, the same in every run.</summary>
public static class NoisePicture
{
    /// <summary>Draws one.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="seed">Another seed, another picture.</param>
    public static PixelBuffer Draw(int width, int height, int seed = 7)
    {
        var (picture, random) = (new PixelBuffer(width, height, PixelFormat.Rgb24), new SplitMix64((ulong)seed));
        foreach (ref var value in picture.Span)
        {
            value = (byte)random.Next();
        }

        return picture;
    }
}
