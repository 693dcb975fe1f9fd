using System.Runtime.InteropServices;

namespace Veil.Imaging;

/// <summary>Turns any pixel format into 8-bit red, green, blue and straight alpha.</summary>
internal static class Rgba
{
    /// <summary>An owned Rgba32 copy; 16-bit channels are rounded, pictures without alpha become opaque.</summary>
    public static PixelBuffer From(PixelBuffer source)
    {
        var target = new PixelBuffer(source.Width, source.Height, PixelFormat.Rgba32);
        var channels = source.Format.Channels();
        for (var y = 0; y < source.Height; y++)
        {
            if (source.Format.BytesPerChannel() == 2)
            {
                var wide = MemoryMarshal.Cast<byte, ushort>(source.Row(y));
                Copy(wide, target.Row(y), channels, value => (byte)((value + 128) / 257));
            }
            else
            {
                Copy<byte>(source.Row(y), target.Row(y), channels, value => value);
            }
        }

        return target;
    }

    private static void Copy<T>(ReadOnlySpan<T> source, Span<byte> target, int channels, Func<T, byte> convert)
    {
        for (int from = 0, to = 0; to < target.Length; from += channels, to += 4)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                target[to + channel] = convert(source[from + (channels == 1 ? 0 : channel)]);
            }

            target[to + 3] = channels == 4 ? convert(source[from + 3]) : byte.MaxValue;
        }
    }
}
