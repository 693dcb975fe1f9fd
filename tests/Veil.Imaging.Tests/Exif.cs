namespace Veil.Imaging.Tests;

/// <summary>Puts metadata into JPEG files, as cameras do.</summary>
internal static class Exif
{
    /// <summary>An EXIF segment that holds nothing but an orientation, 1..8.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation) => Insert(jpeg, 0xE1,
    [
        .. "Exif\0\0MM\0*\0\0\0\b"u8, 0, 1, // header and the number of entries
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ]);

    /// <summary>Adds a marker segment behind the start of the picture.</summary>
    public static byte[] Insert(byte[] jpeg, byte marker, byte[] payload)
    {
        var length = payload.Length + 2;
        return [.. jpeg[..2], 0xFF, marker, (byte)(length >> 8), (byte)length, .. payload, .. jpeg[2..]];
    }
}
