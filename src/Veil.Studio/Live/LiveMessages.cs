using System.Buffers.Binary;

namespace Veil.Studio.Live;

/// <summary>
/// What goes over the socket, all binary, numbers little-endian. To the studio: four bytes with the frame's number, which grows from frame to frame,
/// then the frame as JPEG. To the page: a byte that says what it is, the number of the frame it is about, and, for a picture, the anonymized frame as JPEG.
/// </summary>
internal static class LiveMessages
{
    /// <summary>Bytes before the JPEG, on the way to the studio.</summary>
    public const int FrameHeader = 4;

    /// <summary>The largest frame taken, with its header: 720 lines of noise take less.</summary>
    public const int LargestFrame = 4 << 20;

    /// <summary>The longest side of a frame, pixels.</summary>
    public const int LongestSide = 1920;

    private const byte Taken = 1;
    private const byte Picture = 2;

    /// <summary>The number of a frame.</summary>
    public static uint NumberOf(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt32LittleEndian(message);

    /// <summary>Whether what follows the header begins as every JPEG does.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> message) => message.Length > FrameHeader + 3 && message[FrameHeader..].StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]);

    /// <summary>Says that a frame waits no more, so that the page may send another.</summary>
    public static byte[] SayTaken(uint number) => With(Taken, number, []);

    /// <summary>An anonymized frame.</summary>
    public static byte[] Show(uint number, ReadOnlySpan<byte> jpeg) => With(Picture, number, jpeg);

    /// <summary>Whether a message to the page is a picture.</summary>
    public static bool IsPicture(ReadOnlySpan<byte> message) => message[0] == Picture;

    private static byte[] With(byte what, uint number, ReadOnlySpan<byte> rest)
    {
        var message = new byte[5 + rest.Length];
        message[0] = what;
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(1), number);
        rest.CopyTo(message.AsSpan(5));
        return message;
    }
}
