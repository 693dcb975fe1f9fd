using System.Buffers.Binary;

namespace Veil.Imaging.Bmp;

/// <summary>Writes uncompressed Windows bitmaps: 24 bits, or 32 bits with a BITMAPV4HEADER where there is alpha.</summary>
internal static class BmpEncoder
{
    private const int FileHeader = 14;
    private const int InfoHeader = 40;
    private const int InfoHeaderWithMasks = 108;

    /// <summary>Encodes an 8-bit frame.</summary>
    /// <param name="frame">Gray8, Rgb24 or Rgba32; no side or size beyond what the format's 32 bits hold.</param>
    public static byte[] Encode(PixelBuffer frame)
    {
        var alpha = frame.Format == PixelFormat.Rgba32;
        var pixel = alpha ? 4 : 3;
        var stride = ((frame.Width * pixel) + 3) & ~3;
        var infoSize = alpha ? InfoHeaderWithMasks : InfoHeader;
        var start = FileHeader + infoSize;
        var file = new byte[checked(start + (stride * frame.Height))];
        WriteHeader(file, frame, infoSize, pixel * 8);
        for (var y = 0; y < frame.Height; y++)
        {
            WriteRow(frame.Row(y), file.AsSpan(start + ((frame.Height - 1 - y) * stride), stride), frame.Format);
        }

        return file;
    }

    private static void WriteHeader(Span<byte> file, PixelBuffer frame, int infoSize, int bits)
    {
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[2..], file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file[10..], FileHeader + infoSize);
        var info = file[FileHeader..];
        BinaryPrimitives.WriteInt32LittleEndian(info, infoSize);
        BinaryPrimitives.WriteInt32LittleEndian(info[4..], frame.Width);
        BinaryPrimitives.WriteInt32LittleEndian(info[8..], frame.Height);
        BinaryPrimitives.WriteInt16LittleEndian(info[12..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(info[14..], (short)bits);
        if (infoSize != InfoHeaderWithMasks)
        {
            return;
        }

        info[16] = 3; // BI_BITFIELDS: the masks follow.
        BinaryPrimitives.WriteUInt32LittleEndian(info[40..], 0x00FF0000);
        BinaryPrimitives.WriteUInt32LittleEndian(info[44..], 0x0000FF00);
        BinaryPrimitives.WriteUInt32LittleEndian(info[48..], 0x000000FF);
        BinaryPrimitives.WriteUInt32LittleEndian(info[52..], 0xFF000000);
        "BGRs"u8.CopyTo(info[56..]); // LCS_sRGB, stored as a little-endian word.
    }

    private static void WriteRow(ReadOnlySpan<byte> source, Span<byte> target, PixelFormat format)
    {
        var channels = format.Channels();
        for (int from = 0, to = 0; from < source.Length; from += channels)
        {
            var (red, green, blue) = channels == 1 ? (source[from], source[from], source[from]) : (source[from], source[from + 1], source[from + 2]);
            (target[to], target[to + 1], target[to + 2]) = (blue, green, red);
            to += 3;
            if (channels == 4)
            {
                target[to++] = source[from + 3];
            }
        }
    }
}
