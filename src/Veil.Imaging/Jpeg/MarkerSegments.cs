using System.Buffers.Binary;

namespace Veil.Imaging.Jpeg;

/// <summary>
/// Walks a JPEG's marker segments up to its first scan (ITU-T T.81, Annex B). Never throws: it passes over stray bytes, and
/// ends at a segment that does not fit into the file.
/// </summary>
/// <param name="file">The whole file, or its start up to the first scan.</param>
internal ref struct MarkerSegments(ReadOnlySpan<byte> file)
{
    private readonly ReadOnlySpan<byte> _file = file;
    private int _at = 2;

    /// <summary>The second byte of the current segment's marker.</summary>
    public byte Marker { get; private set; }

    /// <summary>The current segment's payload, without marker and length.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>Goes to the next segment; false at the first scan, at the end, or where the file is broken.</summary>
    public bool MoveNext()
    {
        while (_at + 4 <= _file.Length)
        {
            if (_file[_at] != 0xFF)
            {
                _at++;
                continue;
            }

            Marker = _file[_at + 1];
            if (Marker is 0xFF or 0x00 or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                _at += Marker == 0xFF ? 1 : 2;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(_file[(_at + 2)..]);
            if (Marker is 0xDA or 0xD9 || length < 2 || _at + 2 + length > _file.Length)
            {
                return false;
            }

            Payload = _file.Slice(_at + 4, length - 2);
            _at += 2 + length;
            return true;
        }

        return false;
    }
}
