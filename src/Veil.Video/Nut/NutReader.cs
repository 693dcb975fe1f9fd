using System.Buffers.Binary;

namespace Veil.Video.Nut;

/// <summary>
/// Reads a NUT file with one video stream of uncompressed frames from a pipe, front to back. Timestamps are exact: they
/// are integers in the source's own time base. Not thread-safe.
/// </summary>
internal sealed class NutReader
{
    // Headers are small; whatever claims more is not from ffmpeg.
    private const long LongestHeader = 1 << 20;

    private readonly NutInput _input;
    private readonly NutFrameCode[] _codes = new NutFrameCode[256];
    private readonly List<NutFraction> _timeBases = [];
    private readonly List<byte[]> _elided = [[]];
    private long _lastPts;

    /// <summary>Reads up to the stream header.</summary>
    /// <param name="stream">The file; reads are small, so it should be buffered. Not closed.</param>
    /// <exception cref="NutFormatException">Something else, or it ends early.</exception>
    public NutReader(Stream stream)
    {
        _input = new NutInput(stream);
        Span<byte> id = stackalloc byte[NutCode.FileId.Length];
        _input.Fill(id);
        if (!id.SequenceEqual(NutCode.FileId))
        {
            throw new NutFormatException("Expected a NUT file.");
        }

        ReadMain(ReadPacket(NutCode.Main));
        Header = ReadStream(ReadPacket(NutCode.Stream));
    }

    /// <summary>The stream.</summary>
    public NutStreamHeader Header { get; }

    /// <summary>Reads the next frame.</summary>
    /// <param name="frame">Its pixels; as large as a frame is.</param>
    /// <param name="pts">Presentation time in ticks of the stream's time base.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="NutFormatException">It has another size, or the file is broken.</exception>
    public bool ReadFrame(Span<byte> frame, out long pts)
    {
        pts = 0;
        for (; ; )
        {
            var first = _input.TryReadByte();
            if (first < 0)
            {
                return false;
            }

            if (first == 'N')
            {
                SkipPacket(first);
                continue;
            }

            pts = ReadFrame(_codes[first], frame);
            return true;
        }
    }

    private long ReadFrame(NutFrameCode code, Span<byte> frame)
    {
        var flags = code.Flags;
        if ((flags & NutFrameFlags.Invalid) != 0)
        {
            throw new NutFormatException("Expected a frame, but received an unused frame code.");
        }

        if ((flags & NutFrameFlags.Coded) != 0)
        {
            flags ^= (NutFrameFlags)_input.ReadVariable();
        }

        if ((flags & NutFrameFlags.StreamId) != 0 && _input.ReadVariable() != 0)
        {
            throw new NutFormatException("Expected one stream.");
        }

        _lastPts = (flags & NutFrameFlags.CodedPts) == 0 ? _lastPts + code.PtsDelta : Pts(_input.ReadVariable());
        var size = code.SizeLsb + ((flags & NutFrameFlags.SizeMsb) != 0 ? _input.ReadVariable() * code.SizeMultiplier : 0);
        if ((flags & NutFrameFlags.MatchTime) != 0)
        {
            _input.ReadSigned();
        }

        var index = (flags & NutFrameFlags.HeaderIndex) != 0 ? _input.ReadVariable() : code.HeaderIndex;
        var reserved = (flags & NutFrameFlags.Reserved) != 0 ? _input.ReadVariable() : code.Reserved;
        for (; reserved > 0; reserved--)
        {
            _input.ReadVariable();
        }

        if ((flags & NutFrameFlags.Checksum) != 0)
        {
            _input.Skip(4);
        }

        var elided = index < _elided.Count ? _elided[(int)index] : throw new NutFormatException($"Expected one of {_elided.Count} elided headers, but received {index}.");
        if ((flags & NutFrameFlags.SideData) != 0 || size + elided.Length != frame.Length)
        {
            throw new NutFormatException($"Expected a frame of {frame.Length} bytes, but received {size + elided.Length}.");
        }

        elided.CopyTo(frame);
        _input.Fill(frame[elided.Length..]);
        return _lastPts;
    }

    /// <summary>A whole timestamp, or the low bits of one near the last.</summary>
    private long Pts(long coded)
    {
        var range = 1L << Header.PtsShift;
        if (coded >= range)
        {
            return coded - range;
        }

        var near = _lastPts - (range / 2);
        return ((coded - near) & (range - 1)) + near;
    }

    private byte[] ReadPacket(ulong expected)
    {
        var code = _input.ReadUInt64();
        return code == expected ? ReadRest(code) : throw new NutFormatException($"Expected packet {expected:X16}, but received {code:X16}.");
    }

    private void SkipPacket(int first)
    {
        Span<byte> code = stackalloc byte[8];
        code[0] = (byte)first;
        _input.Fill(code[1..]);
        var name = BinaryPrimitives.ReadUInt64BigEndian(code);
        var payload = ReadRest(name);
        if (name == NutCode.Syncpoint)
        {
            // Timestamps of frames with few bits refer to it.
            var global = new NutInput(new MemoryStream(payload)).ReadVariable();
            var from = _timeBases[(int)(global % _timeBases.Count)];
            var ticks = global / _timeBases.Count;
            _lastPts = (long)((Int128)ticks * from.Numerator * Header.TimeBase.Denominator / ((Int128)from.Denominator * Header.TimeBase.Numerator));
        }
    }

    /// <summary>A packet's payload, without its checksums.</summary>
    private byte[] ReadRest(ulong name)
    {
        var length = _input.ReadVariable();
        if (length is < 4 or > LongestHeader)
        {
            throw new NutFormatException($"Expected a packet {name:X16} of 4 to {LongestHeader} bytes, but it says {length}.");
        }

        if (length > NutCode.LongPacket)
        {
            _input.Skip(4);
        }

        var payload = new byte[length - 4];
        _input.Fill(payload);
        Span<byte> checksum = stackalloc byte[4];
        _input.Fill(checksum);
        return NutChecksum.Of(payload) == BinaryPrimitives.ReadUInt32BigEndian(checksum)
            ? payload
            : throw new NutFormatException($"The checksum of packet {name:X16} is wrong.");
    }

    private void ReadMain(byte[] payload)
    {
        var input = new NutInput(new MemoryStream(payload));
        var version = input.ReadVariable();
        if (version is < 2 or > 4)
        {
            throw new NutFormatException($"Expected NUT of version 2 to 4, but received {version}.");
        }

        if (version > 3)
        {
            input.ReadVariable();
        }

        var streams = input.ReadVariable();
        if (streams != 1)
        {
            throw new NutFormatException($"Expected one stream, but received {streams}.");
        }

        input.ReadVariable();
        for (var left = input.ReadVariable(); left > 0; left--)
        {
            _timeBases.Add(new NutFraction(input.ReadVariable(), input.ReadVariable()));
        }

        ReadCodes(input);
        for (var left = input.ReadVariable(); left > 0; left--)
        {
            var header = new byte[input.ReadVariable()];
            input.Fill(header);
            _elided.Add(header);
        }
    }

    private void ReadCodes(NutInput input)
    {
        var (pts, multiplier, stream, headerIndex) = (0L, 1L, 0L, 0L);
        for (var i = 0; i < _codes.Length;)
        {
            var flags = (NutFrameFlags)input.ReadVariable();
            var fields = input.ReadVariable();
            pts = fields > 0 ? input.ReadSigned() : pts;
            multiplier = fields > 1 ? input.ReadVariable() : multiplier;
            stream = fields > 2 ? input.ReadVariable() : stream;
            var size = fields > 3 ? input.ReadVariable() : 0;
            var reserved = fields > 4 ? input.ReadVariable() : 0;
            var count = fields > 5 ? input.ReadVariable() : multiplier - size;
            if (fields > 6)
            {
                input.ReadSigned();
            }

            headerIndex = fields > 7 ? input.ReadVariable() : headerIndex;
            for (var further = fields; further > 8; further--)
            {
                input.ReadVariable();
            }

            for (var j = 0L; j < count && i < _codes.Length; i++)
            {
                // 'N' begins every packet's name and is never a frame code.
                if (i == 'N')
                {
                    _codes[i] = new NutFrameCode(NutFrameFlags.Invalid, 0, 0, 0, 0, 0, 0);
                    continue;
                }

                _codes[i] = new NutFrameCode(flags, (int)stream, multiplier, size + j, pts, reserved, (int)headerIndex);
                j++;
            }
        }
    }

    private NutStreamHeader ReadStream(byte[] payload)
    {
        var input = new NutInput(new MemoryStream(payload));
        if (input.ReadVariable() != 0 || input.ReadVariable() != 0)
        {
            throw new NutFormatException("Expected a video stream.");
        }

        input.Skip(input.ReadVariable());
        var timeBase = input.ReadVariable();
        if (timeBase >= _timeBases.Count)
        {
            throw new NutFormatException($"Expected one of {_timeBases.Count} time bases, but received {timeBase}.");
        }

        var shift = input.ReadVariable();
        if (shift is < 0 or >= 16)
        {
            throw new NutFormatException($"Expected a timestamp shift below 16, but received {shift}.");
        }

        // The longest time without a timestamp in full, the decoding delay, flags, and what a decoder needs.
        input.ReadVariable();
        input.ReadVariable();
        input.ReadVariable();
        input.Skip(input.ReadVariable());
        var (width, height) = (input.ReadVariable(), input.ReadVariable());
        return width is > 0 and <= ushort.MaxValue && height is > 0 and <= ushort.MaxValue
            ? new NutStreamHeader(_timeBases[(int)timeBase], (int)shift, (int)width, (int)height, payload)
            : throw new NutFormatException($"Expected frames of up to {ushort.MaxValue} pixels a side, but received {width}×{height}.");
    }
}
