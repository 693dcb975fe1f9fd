using System.Buffers.Binary;

namespace Veil.Imaging.Metadata;

/// <summary>Recognises pictures and videos inside other data.</summary>
internal static class PictureSignature
{
    // Inside arbitrary bytes only long signatures count; "BM" would be found everywhere.
    private static readonly byte[][] Anywhere =
    [
        [0xFF, 0xD8, 0xFF], [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A], [.. "ftyp"u8], [.. "WEBPVP8"u8], [.. "GIF89a"u8], [.. "GIF87a"u8],
    ];

    /// <summary>What data starts as; null when it is no picture or video.</summary>
    public static string? At(ReadOnlySpan<byte> data) => PictureFormats.TrySniff(data, out var format) ? format.Name()
        : data.Length > 12 && data[4..].StartsWith("ftyp"u8) ? "video"
        : null;

    /// <summary>True when a picture or video starts anywhere in the data.</summary>
    public static bool IsIn(ReadOnlySpan<byte> data) => First(data) >= 0;

    /// <summary>Where the first picture or video starts; -1 for none.</summary>
    public static int First(ReadOnlySpan<byte> data)
    {
        if (At(data) is not null)
        {
            return 0;
        }

        var first = -1;
        foreach (var signature in Anywhere)
        {
            var at = data.IndexOf(signature);

            // The name of the first box of a video follows its length.
            at = at >= 4 && signature[0] == 'f' ? at - 4 : at;
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }

        return first;
    }

    /// <summary>Width and height from the header of a JPEG or PNG; null for others or where the head does not reach that far.</summary>
    public static (int Width, int Height)? Size(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']) && data.Length >= 24)
        {
            return (BinaryPrimitives.ReadInt32BigEndian(data[16..]), BinaryPrimitives.ReadInt32BigEndian(data[20..]));
        }

        for (var at = 2; data.StartsWith<byte>([0xFF, 0xD8]) && at + 9 <= data.Length && data[at] == 0xFF;)
        {
            if (data[at + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(data[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(data[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
        }

        return null;
    }
}
