using System.Buffers.Binary;

namespace Veil.Studio.Api.Work;

/// <summary>A picture with nobody in it, to try whether pictures can be worked on: a BMP, black.</summary>
internal static class TrialPicture
{
    private const int Size = 64;
    private const int HeaderBytes = 54;
    private const int InfoBytes = 40;
    private const int BitsPerPixel = 24;

    /// <summary>Writes it.</summary>
    public static void Write(Stream stream)
    {
        var bytes = new byte[HeaderBytes + (Size * Size * 3)];
        "BM"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), InfoBytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), Size);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), Size);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(28), BitsPerPixel);
        stream.Write(bytes);
    }
}
