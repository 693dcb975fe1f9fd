using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Veil.Errors;

namespace Veil.TensorFlowLite.Inference;

/// <summary>
/// A table of a flat buffer (https://flatbuffers.dev/internals), the format of <c>.tflite</c> files: fields by number, each
/// absent or at an offset. Every offset is checked before it is followed, since files may be damaged.
/// </summary>
internal readonly struct FlatTable
{
    private const int Offset = sizeof(uint);

    private readonly byte[] _buffer;
    private readonly int _fields;
    private readonly int _fieldsLength;

    private FlatTable(byte[] buffer, int position)
    {
        (_buffer, Position) = (buffer, position);
        _fields = Within(position - (long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(position, sizeof(int))), sizeof(ushort));
        _fieldsLength = BinaryPrimitives.ReadUInt16LittleEndian(Bytes(_fields, sizeof(ushort)));
    }

    /// <summary>Where it is in the buffer; tells tables apart.</summary>
    public int Position { get; }

    /// <summary>The outermost table.</summary>
    /// <param name="buffer">The whole file.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>, as for every other method: an offset leads out of the file.</exception>
    public static FlatTable Root(byte[] buffer)
    {
        if (buffer.Length < Offset)
        {
            throw Damaged();
        }

        return new FlatTable(buffer, checked((int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(buffer))));
    }

    /// <summary>A field of 8 bits; 0 where it is absent.</summary>
    public sbyte Int8(int field) => Find(field) is var at and > 0 ? (sbyte)Bytes(at, 1)[0] : (sbyte)0;

    /// <summary>A field of 32 bits; 0 where it is absent.</summary>
    public int Int32(int field) => Find(field) is var at and > 0 ? BinaryPrimitives.ReadInt32LittleEndian(Bytes(at, sizeof(int))) : 0;

    /// <summary>A list of tables; empty where it is absent.</summary>
    public FlatTable[] Tables(int field)
    {
        var (start, count) = List(field, Offset);
        var tables = new FlatTable[count];
        for (var i = 0; i < count; i++)
        {
            tables[i] = new FlatTable(_buffer, Follow(start + (i * Offset)));
        }

        return tables;
    }

    /// <summary>A list of numbers, where they lie in the buffer: writing to them changes it. Empty where it is absent.</summary>
    /// <typeparam name="T">What the file holds there.</typeparam>
    public Span<T> Numbers<T>(int field)
        where T : unmanaged
    {
        var size = Marshal.SizeOf<T>();
        var (start, count) = List(field, size);
        return MemoryMarshal.Cast<byte, T>(_buffer.AsSpan(start, count * size));
    }

    /// <summary>Makes a list shorter; what it held at its end stays in the file, unused.</summary>
    public void Shorten(int field, int count)
    {
        var (start, before) = List(field, 1);
        if (count > before)
        {
            throw Damaged();
        }

        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start - Offset), count);
    }

    /// <summary>Lets an entry of a list of tables be another table, which must lie behind the list.</summary>
    public void Replace(int field, int index, FlatTable table)
    {
        var at = List(field, Offset).Start + (index * Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(at), table.Position > at ? (uint)(table.Position - at) : throw Damaged());
    }

    internal static VeilException Damaged() =>
        new(VeilErrorCode.InvalidModel, "Expected a whole TensorFlow Lite model, but received a damaged one.", "Get the file again.");

    private (int Start, int Count) List(int field, int size)
    {
        if (Find(field) is not (var at and > 0))
        {
            return (0, 0);
        }

        var start = Follow(at);
        var count = BinaryPrimitives.ReadInt32LittleEndian(Bytes(start, sizeof(int)));
        return count < 0 ? throw Damaged() : (Within((long)start + Offset, (long)count * size), count);
    }

    /// <summary>Where a field is; 0 where it is absent.</summary>
    private int Find(int field)
    {
        var entry = sizeof(ushort) * (field + 2);
        var distance = entry + sizeof(ushort) > _fieldsLength ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(Bytes(_fields + entry, sizeof(ushort)));
        return distance == 0 ? 0 : Within(Position + (long)distance, 1);
    }

    private int Follow(int at) => Within(at + (long)BinaryPrimitives.ReadUInt32LittleEndian(Bytes(at, Offset)), Offset);

    private ReadOnlySpan<byte> Bytes(int at, int count) => _buffer.AsSpan(Within(at, count), count);

    private int Within(long at, long count) => at >= 0 && count >= 0 && at + count <= _buffer.Length ? (int)at : throw Damaged();
}
