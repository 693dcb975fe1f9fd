using System.Buffers.Binary;
using Veil.Errors;

namespace Veil.Video.Proxies;

/// <summary>Reads what <see cref="ProxyCoder"/> makes ffmpeg write: a head, then one frame after the other. Not thread-safe.</summary>
/// <param name="stream">ffmpeg's output; not owned.</param>
internal sealed class CodedFrames(Stream stream)
{
    private const int HeaderSize = 8;
    private const int LargestBox = 1 << 28;

    /// <summary>The boxes that come before any frame: what a player has to know.</summary>
    public byte[] Head { get; private set; } = [];

    /// <summary>The next coded frame; null after the last.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.EncodeFailed"/>: it is no such stream.</exception>
    public byte[]? Next()
    {
        var header = new byte[HeaderSize];
        while (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) is var read and > 0)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (read < HeaderSize || size is < HeaderSize or > LargestBox)
            {
                throw Broken();
            }

            var body = new byte[size - HeaderSize];
            if (stream.ReadAtLeast(body, body.Length, throwOnEndOfStream: false) < body.Length)
            {
                throw Broken();
            }

            if (header.AsSpan(4).SequenceEqual("mdat"u8))
            {
                return body;
            }

            if (header.AsSpan(4).SequenceEqual("ftyp"u8) || header.AsSpan(4).SequenceEqual("moov"u8))
            {
                Head = [.. Head, .. header, .. body];
            }
        }

        return null;
    }

    private static VeilException Broken() => new(VeilErrorCode.EncodeFailed, "Expected whole boxes of an MP4 from ffmpeg, but its output broke off.", "See whether memory is full.");
}
