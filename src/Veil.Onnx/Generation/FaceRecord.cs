using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Onnx.Generation;

/// <summary>
/// One face as a bank's file holds it. Layout, little-endian: seed (64 bits), columns and rows of the small and of the large
/// picture, number of points, bytes of the small and of the large picture (32 bits each), points (two 32-bit floats each), the
/// pictures as <see cref="PixelPacking"/> packs them, and the first 16 bytes of the SHA-256 of all these. Immutable.
/// </summary>
internal sealed record FaceRecord
{
    /// <summary>Bytes before the points.</summary>
    public const int HeadLength = 8 + (7 * sizeof(int));

    private const int ChecksumLength = 16;
    private const int MostPixels = 2048;
    private const int MostPacked = 1 << 26;

    private readonly FaceRecordHead _head;

    private FaceRecord(ArraySegment<byte> bytes, FaceRecordHead head) => (Bytes, _head) = (bytes, head);

    /// <summary>All of it.</summary>
    public ArraySegment<byte> Bytes { get; }

    /// <summary>The face's number.</summary>
    public ulong Seed => _head.Seed;

    /// <summary>Its points in the large picture; null where no face was seen.</summary>
    public FacePoints? Points => _head.Points == 0 ? null : new FacePoints(
        FacePointLayout.MediaPipe478, ImmutableArray.Create(MemoryMarshal.Cast<byte, Vector2>(Bytes.AsSpan(HeadLength, _head.PointBytes))));

    /// <summary>Packs a face.</summary>
    public static FaceRecord Of(ulong seed, MadeFace face)
    {
        var (small, large) = (PixelPacking.Pack(face.Small), PixelPacking.Pack(face.Large));
        var points = face.Points?.Points ?? [];
        var head = new FaceRecordHead(seed, face.Small.Width, face.Small.Height, face.Large.Width, face.Large.Height, points.Length, small.Length, large.Length);
        var bytes = new byte[head.Length + ChecksumLength];
        head.Write(bytes);
        MemoryMarshal.AsBytes(points.AsSpan()).CopyTo(bytes.AsSpan(HeadLength));
        small.CopyTo(bytes.AsSpan(HeadLength + head.PointBytes));
        large.CopyTo(bytes.AsSpan(HeadLength + head.PointBytes + small.Length));
        SHA256.HashData(bytes.AsSpan(0, head.Length)).AsSpan(0, ChecksumLength).CopyTo(bytes.AsSpan(head.Length));
        return new FaceRecord(bytes, head);
    }

    /// <summary>Reads the next face of a file.</summary>
    /// <param name="stream">Its file, at the face's place.</param>
    /// <param name="memory">Holds the face afterwards; replaced by a longer one where it is too short.</param>
    /// <returns>Null where the bytes are not those of a whole, unaltered face; the stream's place is then undefined.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FaceRecord? Read(Stream stream, ref byte[] memory)
    {
        Span<byte> start = stackalloc byte[HeadLength];
        if (stream.ReadAtLeast(start, HeadLength, throwOnEndOfStream: false) < HeadLength || FaceRecordHead.Read(start) is not { } head
            || head.Length + ChecksumLength - HeadLength > stream.Length - stream.Position)
        {
            return null;
        }

        if (memory.Length < head.Length + ChecksumLength)
        {
            memory = new byte[head.Length + ChecksumLength];
        }

        var bytes = new ArraySegment<byte>(memory, 0, head.Length + ChecksumLength);
        start.CopyTo(bytes);
        stream.ReadExactly(bytes.AsSpan(HeadLength));
        return SHA256.HashData(bytes.AsSpan(0, head.Length)).AsSpan(0, ChecksumLength).SequenceEqual(bytes.AsSpan(head.Length)) ? new FaceRecord(bytes, head) : null;
    }

    /// <summary>The small picture.</summary>
    /// <exception cref="InvalidDataException">Not what was packed.</exception>
    public PixelBuffer Small() => PixelPacking.Unpack(Bytes.Slice(HeadLength + _head.PointBytes, _head.SmallBytes), _head.SmallWidth, _head.SmallHeight);

    /// <summary>The large picture.</summary>
    /// <exception cref="InvalidDataException">Not what was packed.</exception>
    public PixelBuffer Large() =>
        PixelPacking.Unpack(Bytes.Slice(HeadLength + _head.PointBytes + _head.SmallBytes, _head.LargeBytes), _head.LargeWidth, _head.LargeHeight);

    private readonly record struct FaceRecordHead(
        ulong Seed, int SmallWidth, int SmallHeight, int LargeWidth, int LargeHeight, int Points, int SmallBytes, int LargeBytes)
    {
        public int PointBytes => Points * 2 * sizeof(float);

        /// <summary>Bytes of the record without its checksum.</summary>
        public int Length => HeadLength + PointBytes + SmallBytes + LargeBytes;

        public void Write(Span<byte> bytes)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, Seed);
            Span<int> numbers = [SmallWidth, SmallHeight, LargeWidth, LargeHeight, Points, SmallBytes, LargeBytes];
            for (var i = 0; i < numbers.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes[(8 + (i * sizeof(int)))..], numbers[i]);
            }
        }

        // Bounds come before any allocation: the bytes may be anything.
        public static FaceRecordHead? Read(ReadOnlySpan<byte> bytes)
        {
            var numbers = new int[7];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(8 + (i * sizeof(int)))..]);
            }

            return numbers[..4].All(side => side is > 0 and <= MostPixels)
                && (numbers[4] == 0 || numbers[4] == FacePoints.CountOf(FacePointLayout.MediaPipe478)) && numbers[5..].All(length => length is > 0 and <= MostPacked)
                ? new FaceRecordHead(BinaryPrimitives.ReadUInt64LittleEndian(bytes), numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6])
                : null;
        }
    }
}
