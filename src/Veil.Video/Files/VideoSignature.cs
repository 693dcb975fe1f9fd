using System.Buffers.Binary;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Video.Files;

/// <summary>Knows videos by their first bytes, so that no other file is ever given to a decoder.</summary>
internal static class VideoSignature
{
    private const int Length = 12 + (2 * TransportPacket);
    private const int TransportPacket = 192;

    /// <summary>True when a file begins as a container of moving pictures does.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>.</exception>
    public static bool IsVideo(string path)
    {
        // A pipe would wait for a writer, and devices do things when they are opened.
        if (FileKinds.Of(path) is FileKind.Pipe or FileKind.Socket or FileKind.Device)
        {
            return false;
        }

        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[Length];
            return IsVideo(bytes.AsSpan(0, file.ReadAtLeast(bytes, Length, throwOnEndOfStream: false)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"The file cannot be read: {error.Message}", "", error);
        }
    }

    /// <summary>True when bytes begin as a container of moving pictures does.</summary>
    public static bool IsVideo(ReadOnlySpan<byte> start)
    {
        if (start.Length < 12)
        {
            return false;
        }

        return BinaryPrimitives.ReadUInt32BigEndian(start) switch
        {
            0x1A45DFA3 => true, // EBML: Matroska, WebM
            0x52494646 => start.Slice(8, 4).SequenceEqual("AVI "u8),
            0x464C5601 => true, // FLV
            0x3026B275 => true, // ASF
            0x4F676753 => true, // Ogg
            0x000001BA or 0x000001B3 => true, // MPEG program stream, elementary stream
            0x060E2B34 => true, // MXF
            0x6E75742F => true, // NUT
            _ => IsIsoMovie(start) || IsTransportStream(start),
        };
    }

    /// <summary>ISO base media and QuickTime; pictures in the same container (HEIF, AVIF) are not videos.</summary>
    private static bool IsIsoMovie(ReadOnlySpan<byte> start)
    {
        var box = start.Slice(4, 4);
        if (!box.SequenceEqual("ftyp"u8))
        {
            return box.SequenceEqual("moov"u8) || box.SequenceEqual("mdat"u8) || box.SequenceEqual("wide"u8) || box.SequenceEqual("free"u8) || box.SequenceEqual("skip"u8);
        }

        var brand = start.Slice(8, 4);
        return !(brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) || brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8)
            || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("hevc"u8) || brand.SequenceEqual("crx "u8));
    }

    private static bool IsTransportStream(ReadOnlySpan<byte> start) =>
        (start.Length > 2 * 188 && start[0] == 0x47 && start[188] == 0x47 && start[2 * 188] == 0x47)
        || (start.Length > 4 + TransportPacket && start[4] == 0x47 && start[4 + TransportPacket] == 0x47);
}
