using System.Buffers.Binary;

namespace Veil.Studio.Live;

/// <summary>
/// What goes over the socket, all binary, numbers little-endian. To the studio: four bytes with the frame's number, which grows from frame to frame,
/// then the frame, as planes (<see cref="RawFrame"/>) or as JPEG. To the page: a byte that says what it is, the number of the frame it is about, and, for a
/// picture, the anonymized frame, coded as the page's own was.
/// </summary>
internal static class LiveMessages
{
    /// <summary>Bytes before the frame, on the way to the studio.</summary>
    public const int FrameHeader = 4;

    /// <summary>Bytes before the frame, on the way to the page.</summary>
    public const int PictureHeader = 5;

    /// <summary>The largest frame taken, with its header: 1080 lines in planes, or 720 lines of noise as JPEG, take less.</summary>
    public const int LargestFrame = 4 << 20;

    /// <summary>The longest side of a frame, pixels.</summary>
    public const int LongestSide = 1920;

    private const byte Taken = 1;
    private const byte Jpeg = 2;
    private const byte Planes = 3;

    /// <summary>The number of a frame.</summary>
    public static uint NumberOf(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt32LittleEndian(message);

    /// <summary>Whether what follows the header begins as every JPEG does, or is planes as their own header says.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> message) => IsJpeg(message) || (message.Length > FrameHeader && RawFrame.TryRead(message[FrameHeader..], out _));

    private static bool IsJpeg(ReadOnlySpan<byte> message) => message.Length > FrameHeader + 3 && message[FrameHeader..].StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]);

    /// <summary>Says that a frame waits no more, so that the page may send another.</summary>
    public static byte[] SayTaken(uint number)
    {
        var message = new byte[PictureHeader];
        Begin(message, Taken, number);
        return message;
    }

    /// <summary>Begins a message with an anonymized frame, as planes with their header or as JPEG.</summary>
    /// <param name="message">At least the header's length.</param>
    /// <param name="number">Of the frame.</param>
    /// <param name="coding">How it is coded.</param>
    public static void BeginPicture(Span<byte> message, uint number, PictureCoding coding) => Begin(message, coding == PictureCoding.Planes ? Planes : Jpeg, number);

    /// <summary>Whether a message to the page is a picture.</summary>
    public static bool IsPicture(ReadOnlySpan<byte> message) => message[0] is Jpeg or Planes;

    private static void Begin(Span<byte> message, byte what, uint number)
    {
        message[0] = what;
        BinaryPrimitives.WriteUInt32LittleEndian(message[1..], number);
    }
}

/// <summary>How a frame is coded on its way.</summary>
internal enum PictureCoding
{
    Jpeg,
    Planes,
}
