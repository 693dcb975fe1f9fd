using System.Buffers.Binary;
using System.Globalization;
using Veil.Errors;

namespace Veil.Imaging.Bmp;

/// <summary>
/// Reads uncompressed Windows bitmaps of 8 (palette), 24 and 32 bits. Strict: whatever is missing, out of range or
/// compressed is an error. Layout: BITMAPFILEHEADER, then BITMAPINFOHEADER or one of its longer successors.
/// </summary>
internal static class BmpDecoder
{
    private const int FileHeader = 14;
    private const int InfoHeader = 40;
    private const int Uncompressed = 0;
    private const int BitFields = 3;

    public static PictureTraits ReadHeader(ReadOnlySpan<byte> file, PictureLimits limits) => Parse(file, limits).Traits;

    public static Picture Decode(ReadOnlySpan<byte> file, PictureLimits limits)
    {
        var header = Parse(file, limits);
        var (traits, bits) = (header.Traits, header.Bits);
        var stride = (((traits.Width * bits) + 31) / 32) * 4;
        if (header.PixelsAt > file.Length || (long)stride * traits.Height > file.Length - header.PixelsAt)
        {
            throw Corrupt($"{(long)stride * traits.Height} bytes of pixels from byte {header.PixelsAt} on", $"{file.Length} bytes in all");
        }

        var frame = new PixelBuffer(traits.Width, traits.Height, traits.Pixels);
        try
        {
            for (var y = 0; y < traits.Height; y++)
            {
                var storedRow = header.TopDown ? y : traits.Height - 1 - y;
                var source = file.Slice(header.PixelsAt + (storedRow * stride), stride);
                ReadRow(source, frame.Row(y), bits, traits.Pixels, file.Slice(header.PaletteAt, header.PaletteColours * 4));
            }
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        return new Picture(traits, [frame], [], []);
    }

    private static void ReadRow(ReadOnlySpan<byte> source, Span<byte> target, int bits, PixelFormat format, ReadOnlySpan<byte> palette)
    {
        var pixel = format.BytesPerPixel();
        for (int x = 0, to = 0; to < target.Length; x++, to += pixel)
        {
            var colour = bits == 8 ? PaletteColour(palette, source[x]) : source.Slice(x * (bits / 8), bits / 8);
            (target[to], target[to + 1], target[to + 2]) = (colour[2], colour[1], colour[0]);
            if (pixel == 4)
            {
                target[to + 3] = colour[3];
            }
        }
    }

    private static ReadOnlySpan<byte> PaletteColour(ReadOnlySpan<byte> palette, int index) => index * 4 < palette.Length
        ? palette.Slice(index * 4, 4)
        : throw Corrupt($"palette indices below {palette.Length / 4}", index.ToString(CultureInfo.InvariantCulture));

    private static Header Parse(ReadOnlySpan<byte> file, PictureLimits limits)
    {
        if (file.Length < FileHeader + InfoHeader)
        {
            throw Corrupt($"a header of at least {FileHeader + InfoHeader} bytes", $"{file.Length} bytes");
        }

        var pixelsAt = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        var info = file[FileHeader..];
        var infoSize = BinaryPrimitives.ReadUInt32LittleEndian(info);
        var (width, height) = (BinaryPrimitives.ReadInt32LittleEndian(info[4..]), BinaryPrimitives.ReadInt32LittleEndian(info[8..]));
        var (planes, bits) = (BinaryPrimitives.ReadUInt16LittleEndian(info[12..]), BinaryPrimitives.ReadUInt16LittleEndian(info[14..]));
        var (compression, colours) = (BinaryPrimitives.ReadUInt32LittleEndian(info[16..]), BinaryPrimitives.ReadUInt32LittleEndian(info[32..]));
        if (infoSize < InfoHeader || infoSize > info.Length || width < 1 || height is 0 or int.MinValue || planes != 1)
        {
            throw Corrupt("a bitmap header with a positive size", $"header of {infoSize} bytes, {width}×{height}, {planes} planes");
        }

        limits.Check(width, Math.Abs(height), 1);
        var masked = compression == BitFields && bits == 32;
        if (bits is not (8 or 24 or 32) || !(compression == Uncompressed || masked))
        {
            throw new VeilException(
                VeilErrorCode.UnsupportedFormat,
                $"Expected an uncompressed bitmap of 8, 24 or 32 bits, but received {bits} bits with compression {compression}.",
                "save it as PNG first");
        }

        var alpha = masked && ReadMasks(info, infoSize);
        var format = alpha ? PixelFormat.Rgba32 : PixelFormat.Rgb24;
        if ((long)width * Math.Abs(height) * 4 > int.MaxValue)
        {
            throw new VeilException(
                VeilErrorCode.LimitExceeded, $"Expected a frame of at most 2 GiB of pixels, but received {width}×{Math.Abs(height)}.", "split or shrink it first");
        }

        var paletteAt = FileHeader + (long)infoSize;
        var paletteColours = bits == 8 ? (colours == 0 ? 256 : colours) : 0;
        if (paletteColours > 256 || paletteAt + (paletteColours * 4) > file.Length || pixelsAt < paletteAt || pixelsAt > file.Length)
        {
            throw Corrupt("a palette and pixels inside the file", $"{paletteColours} colours, pixels from byte {pixelsAt} on, {file.Length} bytes");
        }

        var traits = new PictureTraits(PictureFormat.Bmp, width, Math.Abs(height), 1, format) { HasPalette = bits == 8 };
        return new Header(traits, bits, height < 0, (int)pixelsAt, (int)paletteAt, (int)paletteColours);
    }

    // Only the usual order (blue first) is read. True when there is an alpha channel.
    private static bool ReadMasks(ReadOnlySpan<byte> info, uint infoSize)
    {
        if (info.Length < 56)
        {
            throw Corrupt("channel masks", $"{info.Length} bytes of header");
        }

        var (red, green, blue) = (
            BinaryPrimitives.ReadUInt32LittleEndian(info[40..]), BinaryPrimitives.ReadUInt32LittleEndian(info[44..]), BinaryPrimitives.ReadUInt32LittleEndian(info[48..]));
        var alpha = infoSize >= 56 ? BinaryPrimitives.ReadUInt32LittleEndian(info[52..]) : 0;
        if ((red, green, blue) != (0xFF0000, 0xFF00, 0xFF) || alpha is not (0 or 0xFF000000))
        {
            throw new VeilException(
                VeilErrorCode.UnsupportedFormat,
                $"Expected a 32-bit bitmap stored as blue, green, red, alpha, but received masks {red:X8} {green:X8} {blue:X8} {alpha:X8}.",
                "save it as PNG first");
        }

        return alpha != 0;
    }

    private static VeilException Corrupt(string expected, string received) => new(
        VeilErrorCode.CorruptInput, $"Expected {expected} in the bitmap, but received {received}.", "open and save it with the program that made it, or fetch it again");

    private readonly record struct Header(PictureTraits Traits, int Bits, bool TopDown, int PixelsAt, int PaletteAt, int PaletteColours);
}
