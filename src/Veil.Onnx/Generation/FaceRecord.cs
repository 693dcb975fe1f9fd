using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Onnx.Generation;

/// <summary>
/// One face as a bank's file holds it. Layout, little-endian: seed (64 bits), columns, rows, number of points, bytes of the packed
/// picture (32 bits each), points (two 32-bit floats each), the picture as <see cref="PixelPacking"/> packs it, and the first 16
/// bytes of the SHA-256 of all these. Immutable.
/// </summary>
internal sealed record FaceRecord
{
    /// <summary>Bytes before the points.</summary>
    public const int HeadLength = 8 + (Numbers * sizeof(int));

    private const int Numbers = 4;
    private const int ChecksumLength = 16;
    private const int MostPixels = 2048;
    private const int MostPacked = 1 << 26;

    private readonly byte[] _bytes;
    private readonly FaceRecordHead _head;

    private FaceRecord(byte[] bytes, FaceRecordHead head) => (_bytes, _head) = (bytes, head);

    /// <summary>All of it.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The face's number.</summary>
    public ulong Seed => _head.Seed;

    /// <summary>Its points; null where no face was seen.</summary>
    public FacePoints? Points => _head.Points == 0 ? null : new FacePoints(
        FacePointLayout.MediaPipe478, ImmutableArray.Create(MemoryMarshal.Cast<byte, Vector2>(_bytes.AsSpan(HeadLength, _head.PointBytes))));

    /// <summary>Packs a face.</summary>
    public static FaceRecord Of(ulong seed, MadeFace face)
    {
        var packed = PixelPacking.Pack(face.Picture);
        var points = face.Points?.Points ?? [];
        var head = new FaceRecordHead(seed, face.Picture.Width, face.Picture.Height, points.Length, packed.Length);
        var bytes = new byte[head.Length + ChecksumLength];
        head.Write(bytes);
        MemoryMarshal.AsBytes(points.AsSpan()).CopyTo(bytes.AsSpan(HeadLength));
        packed.CopyTo(bytes.AsSpan(HeadLength + head.PointBytes));
        SHA256.HashData(bytes.AsSpan(0, head.Length)).AsSpan(0, ChecksumLength).CopyTo(bytes.AsSpan(head.Length));
        return new FaceRecord(bytes, head);
    }

    /// <summary>Reads the next face of a file.</summary>
    /// <param name="stream">Its file, at the face's place.</param>
    /// <returns>Null where the bytes are not those of a whole, unaltered face; the stream's place is then undefined.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FaceRecord? Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[HeadLength];
        if (stream.ReadAtLeast(start, HeadLength, throwOnEndOfStream: false) < HeadLength || FaceRecordHead.Read(start) is not { } head
            || head.Length + ChecksumLength - HeadLength > stream.Length - stream.Position)
        {
            return null;
        }

        var bytes = new byte[head.Length + ChecksumLength];
        start.CopyTo(bytes);
        stream.ReadExactly(bytes.AsSpan(HeadLength));
        return SHA256.HashData(bytes.AsSpan(0, head.Length)).AsSpan(0, ChecksumLength).SequenceEqual(bytes.AsSpan(head.Length)) ? new FaceRecord(bytes, head) : null;
    }

    /// <summary>The picture.</summary>
    /// <exception cref="InvalidDataException">Not what was packed.</exception>
    public PixelBuffer Picture() => PixelPacking.Unpack(_bytes.AsMemory(HeadLength + _head.PointBytes, _head.PackedBytes), _head.Width, _head.Height);

    private readonly record struct FaceRecordHead(ulong Seed, int Width, int Height, int Points, int PackedBytes)
    {
        public int PointBytes => Points * 2 * sizeof(float);

        /// <summary>Bytes of the record without its checksum.</summary>
        public int Length => HeadLength + PointBytes + PackedBytes;

        public void Write(Span<byte> bytes)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, Seed);
            Span<int> numbers = [Width, Height, Points, PackedBytes];
            for (var i = 0; i < numbers.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes[(8 + (i * sizeof(int)))..], numbers[i]);
            }
        }

        // Bounds come before any allocation: the bytes may be anything.
        public static FaceRecordHead? Read(ReadOnlySpan<byte> bytes)
        {
            Span<int> numbers = stackalloc int[Numbers];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(8 + (i * sizeof(int)))..]);
            }

            return numbers is [> 0 and <= MostPixels and var width, > 0 and <= MostPixels and var height, var points, > 0 and <= MostPacked and var packed]
                && (points == 0 || points == FacePoints.CountOf(FacePointLayout.MediaPipe478))
                ? new FaceRecordHead(BinaryPrimitives.ReadUInt64LittleEndian(bytes), width, height, points, packed)
                : null;
        }
    }
}
