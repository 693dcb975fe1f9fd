using System.IO.Compression;
using Veil.Imaging;

namespace Veil.Onnx.Generation;

/// <summary>
/// Pictures packed without loss: each byte less what the ones at the left and above let expect, then deflated, as PNG does, but
/// without its container. Thread-safe.
/// </summary>
internal static class PixelPacking
{
    private const int Channels = 3;

    /// <summary>Packs a picture.</summary>
    /// <param name="picture"><see cref="PixelFormat.Rgb24"/>.</param>
    public static byte[] Pack(PixelBuffer picture)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var line = new byte[picture.Width * Channels];
            for (var y = 0; y < picture.Height; y++)
            {
                var row = picture.Row(y);
                var above = y > 0 ? picture.Row(y - 1) : [];
                for (var x = 0; x < row.Length; x++)
                {
                    line[x] = (byte)(row[x] - Expected(row, above, x));
                }

                deflate.Write(line);
            }
        }

        return packed.ToArray();
    }

    /// <summary>Unpacks a picture.</summary>
    /// <param name="packed">From <see cref="Pack"/>.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="height">Its rows.</param>
    /// <returns>In memory that is collected.</returns>
    /// <exception cref="InvalidDataException">Not of such a picture.</exception>
    public static PixelBuffer Unpack(ReadOnlyMemory<byte> packed, int width, int height)
    {
        var pixels = new byte[width * height * Channels];
        using var source = new MemoryStream(packed.ToArray(), writable: false);
        using var inflate = new ZLibStream(source, CompressionMode.Decompress);
        if (inflate.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) < pixels.Length || inflate.ReadByte() >= 0)
        {
            throw new InvalidDataException($"Expected {width}×{height} pixels, but received another number.");
        }

        var picture = PixelBuffer.Wrap(pixels, width, height, width * Channels, PixelFormat.Rgb24);
        for (var y = 0; y < height; y++)
        {
            var row = picture.Row(y);
            var above = y > 0 ? picture.Row(y - 1) : [];
            for (var x = 0; x < row.Length; x++)
            {
                row[x] += Expected(row, above, x);
            }
        }

        return picture;
    }

    // PNG's filter 3, the mean of left and above.
    private static byte Expected(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int x) =>
        (byte)(((x >= Channels ? row[x - Channels] : 0) + (above.IsEmpty ? 0 : above[x])) / 2);
}
