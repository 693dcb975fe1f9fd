using System.Buffers.Binary;
using System.Text;

namespace Veil.Imaging.Tests.Metadata;

/// <summary>Builds directories of fields, big-endian, as many cameras write them; without help of the code under test.</summary>
internal sealed class TiffBuilder
{
    private readonly List<byte> _bytes = [.. "MM\0*\0\0\0\0"u8];

    public static (ushort Tag, int Type, int Count, byte[] Value) Text(ushort tag, string text) => (tag, 2, text.Length + 1, [.. Encoding.ASCII.GetBytes(text), 0]);

    public static (ushort Tag, int Type, int Count, byte[] Value) Short(ushort tag, params ushort[] values) =>
        (tag, 3, values.Length, [.. values.SelectMany(value => new[] { (byte)(value >> 8), (byte)value })]);

    public static (ushort Tag, int Type, int Count, byte[] Value) Long(ushort tag, int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return (tag, 4, 1, bytes);
    }

    public static (ushort Tag, int Type, int Count, byte[] Value) Rational(ushort tag, params int[] values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return (tag, 5, values.Length / 2, bytes);
    }

    public static (ushort Tag, int Type, int Count, byte[] Value) Data(ushort tag, byte[] value) => (tag, 7, value.Length, value);

    /// <summary>Stores bytes and says where.</summary>
    public int Store(byte[] value)
    {
        _bytes.AddRange(new byte[_bytes.Count % 2]);
        var at = _bytes.Count;
        _bytes.AddRange(value);
        return at;
    }

    /// <summary>Stores a directory and says where; <see cref="Next"/> can link another behind it.</summary>
    public int Directory(params (ushort Tag, int Type, int Count, byte[] Value)[] fields)
    {
        var entries = new List<byte> { (byte)(fields.Length >> 8), (byte)fields.Length };
        foreach (var (tag, type, count, value) in fields.OrderBy(field => field.Tag))
        {
            var entry = new byte[12];
            BinaryPrimitives.WriteUInt16BigEndian(entry, tag);
            BinaryPrimitives.WriteUInt16BigEndian(entry.AsSpan(2), (ushort)type);
            BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(4), count);
            if (value.Length <= 4)
            {
                value.CopyTo(entry, 8);
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(8), Store(value));
            }

            entries.AddRange(entry);
        }

        return Store([.. entries, 0, 0, 0, 0]);
    }

    /// <summary>Links a directory behind another.</summary>
    public void Next(int directory, int next) => Put(directory + 2 + (12 * ((_bytes[directory] << 8) | _bytes[directory + 1])), next);

    public byte[] Build(int first)
    {
        Put(4, first);
        return [.. _bytes];
    }

    private void Put(int at, int value)
    {
        for (var i = 0; i < 4; i++)
        {
            _bytes[at + i] = (byte)(value >> (24 - (8 * i)));
        }
    }
}
