using System.Buffers.Binary;

namespace Veil.Fuzz;

/// <summary>Makes the checksums of a PNG's chunks right again.</summary>
internal static class PngChecksums
{
    public static void Mend(byte[] file)
    {
        if (file is not [0x89, (byte)'P', (byte)'N', (byte)'G', ..])
        {
            return;
        }

        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
            {
                return;
            }

            var end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(end), Of(file.AsSpan((at + 4)..end)));
            at = end + 4;
        }
    }

    private static uint Of(ReadOnlySpan<byte> data)
    {
        var checksum = uint.MaxValue;
        foreach (var value in data)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum = (checksum >> 1) ^ (0xEDB88320 & (uint)-(int)(checksum & 1));
            }
        }

        return ~checksum;
    }
}
