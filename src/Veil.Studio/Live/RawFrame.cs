using System.Buffers.Binary;
using Veil.Video.Planar;

namespace Veil.Studio.Live;

/// <summary>
/// The header of a frame in planes, as browsers have them ("I420": luma, then the two colour differences at half the size, rows without padding):
/// four letters, columns and rows of two bytes each, a byte for the matrix and one for the range. The planes follow.
/// </summary>
internal static class RawFrame
{
    /// <summary>Bytes of the header.</summary>
    public const int Header = 10;

    private const byte FullRange = 1;
    private const int SmallestSide = 2;

    // As the header numbers them; ffmpeg's names.
    private static readonly string?[] Matrices = [null, "bt709", "smpte170m", "bt2020nc"];
    private static readonly PlanarLayout Layout = PlanarLayout.For("yuv420p")!;

    private static ReadOnlySpan<byte> Letters => "I420"u8;

    /// <summary>Reads the header.</summary>
    /// <param name="frame">With planes.</param>
    /// <param name="geometry">What the planes are.</param>
    /// <returns>False when it is none: also when there are more or fewer samples than it says.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out PlanarGeometry geometry)
    {
        geometry = null!;
        if (frame.Length <= Header || !frame.StartsWith(Letters) || frame[8] >= Matrices.Length || frame[9] > FullRange)
        {
            return false;
        }

        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(frame[4..]), BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]));
        if (!IsSide(width) || !IsSide(height))
        {
            return false;
        }

        geometry = new PlanarGeometry(Layout, width, height, YuvMatrix.Of(Matrices[frame[8]], frame[9] == FullRange ? "pc" : null, height));
        return frame.Length == Header + geometry.FrameBytes;
    }

    /// <summary>Whether frames of a geometry can be written.</summary>
    public static bool Fits(PlanarGeometry geometry) => geometry.Layout == Layout && IsSide(geometry.Width) && IsSide(geometry.Height);

    /// <summary>Writes the header.</summary>
    public static void Write(PlanarGeometry geometry, Span<byte> header)
    {
        Letters.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)geometry.Width);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)geometry.Height);

        // Found again among what can be read: no other comes here.
        var (matrix, range) = Enumerable.Range(0, Matrices.Length).SelectMany(_ => new byte[] { 0, FullRange }, (matrix, range) => (Matrix: (byte)matrix, Range: range))
            .First(tags => YuvMatrix.Of(Matrices[tags.Matrix], tags.Range == FullRange ? "pc" : null, geometry.Height) == geometry.Matrix);
        (header[8], header[9]) = (matrix, range);
    }

    // Even, so that every colour sample has its four pixels.
    private static bool IsSide(int side) => side is >= SmallestSide and <= LiveMessages.LongestSide && side % 2 == 0;
}
