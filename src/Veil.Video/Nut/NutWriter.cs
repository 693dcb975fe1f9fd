namespace Veil.Video.Nut;

/// <summary>
/// Writes frames as a NUT file with one video stream to a pipe. Every frame says its timestamp and size in full, so that
/// nothing depends on the frames before. Not thread-safe.
/// </summary>
internal sealed class NutWriter
{
    // The one frame code in use: a key frame that codes its timestamp and size, with a checksum of its header.
    private const byte FrameCode = 1;
    private const NutFrameFlags FrameFlags = NutFrameFlags.KeyFrame | NutFrameFlags.CodedPts | NutFrameFlags.SizeMsb | NutFrameFlags.Checksum;
    private const long MaximumDistance = 65536;

    private readonly Stream _stream;
    private readonly NutStreamHeader _header;
    private readonly NutOutput _output = new();

    /// <summary>Writes the headers.</summary>
    /// <param name="stream">Where to; not closed.</param>
    /// <param name="header">The stream, as its reader found it.</param>
    public NutWriter(Stream stream, NutStreamHeader header)
    {
        (_stream, _header) = (stream, header);
        var main = new NutOutput().Variable(3).Variable(1).Variable(MaximumDistance)
            .Variable(1).Variable(header.TimeBase.Numerator).Variable(header.TimeBase.Denominator);
        Codes(main, NutFrameFlags.Invalid, 1);
        Codes(main, FrameFlags, 1);

        // 'N' is never a frame code and not counted.
        Codes(main, NutFrameFlags.Invalid, 253);
        main.Variable(0);
        _output.Raw(NutCode.FileId).Packet(NutCode.Main, main.Bytes).Packet(NutCode.Stream, header.Packet.Span);
        Flush();
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="frame">Its pixels.</param>
    /// <param name="pts">Presentation time in ticks of the stream's time base.</param>
    public void WriteFrame(ReadOnlySpan<byte> frame, long pts)
    {
        // Readers take a frame farther than the maximum distance from a syncpoint for damaged: each has its own. Syncpoints
        // know no time before 0; a few low bits tell such a one.
        var range = 1L << _header.PtsShift;
        _output.Packet(NutCode.Syncpoint, new NutOutput().Variable(Math.Max(0, pts)).Variable(0).Bytes);
        var start = _output.Bytes.Length;
        _output.Byte(FrameCode).Variable(pts >= 0 ? pts + range : pts & (range - 1)).Variable(frame.Length);
        _output.UInt32(NutChecksum.Of(_output.Bytes[start..]));
        Flush();
        _stream.Write(frame);
    }

    private static void Codes(NutOutput main, NutFrameFlags flags, int count) =>
        main.Variable((long)flags).Variable(6).Variable(0).Variable(1).Variable(0).Variable(0).Variable(0).Variable(count);

    private void Flush()
    {
        _stream.Write(_output.Bytes);
        _output.Clear();
    }
}
