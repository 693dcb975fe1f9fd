namespace Veil.Video.Live;

/// <summary>Tells JPEGs that follow one another apart. Inside one, the end marker never occurs: data stuffs it. Not thread-safe.</summary>
internal sealed class JpegSplitter
{
    private const int LargestPicture = 1 << 25;

    private byte[] _buffer = new byte[1 << 18];
    private int _filled;
    private int _searched;

    private static ReadOnlySpan<byte> EndOfImage => [0xFF, 0xD9];

    /// <summary>Where the next bytes go; never empty.</summary>
    /// <exception cref="InvalidDataException">A picture has no end.</exception>
    public Memory<byte> Free()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length < LargestPicture ? 2 * _buffer.Length : throw new InvalidDataException("Expected JPEGs, but found no end of one."));
        }

        return _buffer.AsMemory(_filled);
    }

    /// <summary>Says how many bytes were put there.</summary>
    public void Add(int count) => _filled += count;

    /// <summary>The next whole picture; null when more bytes are needed.</summary>
    public byte[]? TryTake()
    {
        var at = _buffer.AsSpan(_searched, _filled - _searched).IndexOf(EndOfImage);
        if (at < 0)
        {
            // The marker may lie across two reads.
            _searched = Math.Max(0, _filled - 1);
            return null;
        }

        var end = _searched + at + EndOfImage.Length;
        var picture = _buffer[..end];
        _buffer.AsSpan(end, _filled - end).CopyTo(_buffer);
        (_filled, _searched) = (_filled - end, 0);
        return picture;
    }
}
