using System.Runtime.InteropServices;
using Veil.Imaging;

namespace Veil.Anonymization;

/// <summary>Reads pixels of any format as 8-bit RGB: grey is repeated, 16 bits are rounded to 8, alpha is left out.</summary>
internal static class CanvasSource
{
    public static void Read(PixelBuffer image, PixelRect area, PixelBuffer target)
    {
        var channels = image.Format.Channels();
        var (green, blue) = channels == 1 ? (0, 0) : (1, 2);
        var view = image.View(area);
        for (var y = 0; y < area.Height; y++)
        {
            var to = target.Row(y);
            if (image.Format.BytesPerChannel() == 1)
            {
                var from = view.Row(y);
                for (int x = 0, i = 0; x < to.Length; x += 3, i += channels)
                {
                    (to[x], to[x + 1], to[x + 2]) = (from[i], from[i + green], from[i + blue]);
                }
            }
            else
            {
                var from = MemoryMarshal.Cast<byte, ushort>(view.Row(y));
                for (int x = 0, i = 0; x < to.Length; x += 3, i += channels)
                {
                    (to[x], to[x + 1], to[x + 2]) = (Narrow(from[i]), Narrow(from[i + green]), Narrow(from[i + blue]));
                }
            }
        }
    }

    private static byte Narrow(ushort value) => (byte)((value + 128) / 257);
}
