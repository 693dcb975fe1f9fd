namespace Veil.Pipeline;

/// <summary>Lines of a file that may be larger than memory, as bytes. A last line without its end is none. Not thread-safe.</summary>
/// <param name="stream">Read from where it stands; not disposed.</param>
internal sealed class LineReader(Stream stream)
{
    private const int FirstBuffer = 1 << 16;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _from;
    private int _searched;
    private int _filled;

    /// <summary>Bytes before the last line that was read, counted from where the stream stood at first.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes up to the end of the last line that was read.</summary>
    public long End { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line with its end; valid until the next is read.</param>
    /// <returns>False after the last.</returns>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_searched, _filled - _searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var length = _searched + end + 1 - _from;
                line = _buffer.AsMemory(_from, length);
                (Offset, End) = (End, End + length);
                _searched = _from += length;
                return true;
            }

            _searched = _filled;
            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    private bool Fill()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _filled - _from).CopyTo(_buffer);
            (_from, _searched, _filled) = (0, _searched - _from, _filled - _from);
        }

        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, checked(_buffer.Length * 2));
        }

        var read = stream.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        return read > 0;
    }
}
