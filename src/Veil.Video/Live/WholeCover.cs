using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>What goes out in place of a frame about which nothing is known: one grey, made without looking at it.</summary>
internal static class WholeCover
{
    /// <summary>A frame's planes at mid-grey.</summary>
    /// <param name="geometry">Of an 8-bit YUV frame.</param>
    public static ReadOnlySpan<byte> Of(PlanarGeometry geometry)
    {
        var samples = new byte[geometry.FrameBytes];
        Array.Fill(samples, (byte)128);
        return samples;
    }
}
