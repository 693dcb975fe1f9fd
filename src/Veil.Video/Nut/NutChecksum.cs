namespace Veil.Video.Nut;

/// <summary>NUT's CRC-32: generator 0x04C11DB7, most significant bit first, start 0, nothing inverted.</summary>
internal static class NutChecksum
{
    private const uint Generator = 0x04C11DB7;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Entry((uint)value))];

    public static uint Of(ReadOnlySpan<byte> bytes, uint crc = 0)
    {
        foreach (var value in bytes)
        {
            crc = (crc << 8) ^ Table[(crc >> 24) ^ value];
        }

        return crc;
    }

    private static uint Entry(uint value)
    {
        var crc = value << 24;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 0x8000_0000) != 0 ? (crc << 1) ^ Generator : crc << 1;
        }

        return crc;
    }
}
