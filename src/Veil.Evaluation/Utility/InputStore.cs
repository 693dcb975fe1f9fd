using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Evaluation.Utility;

/// <summary>
/// Inputs of a classifier by the hash of the picture's file: in memory, and in a file so that they are computed once. A record
/// that was torn by an interruption, and whatever follows it, is dropped when the file is opened.
/// </summary>
/// <remarks>
/// Layout: magic, 32 bytes of identity, then records of 32 bytes of the picture's hash, its number of regions (32-bit), the numbers
/// (32-bit floating point) and the first 8 bytes of the SHA-256 of all these; little-endian. Only its owner may read the file: it
/// holds what a network sees of originals.
/// </remarks>
internal sealed class InputStore : IDisposable
{
    private const int HashLength = 32;
    private const int ChecksumLength = 8;
    private static readonly byte[] Magic = "veil inputs 1\n"u8.ToArray();

    private readonly FileStream? _file;
    private readonly int _length;
    private readonly byte[] _record;
    private readonly Dictionary<string, StoredInput> _known = new(StringComparer.Ordinal);

    private InputStore(FileStream? file, int length) => (_file, _length, _record) = (file, length, new byte[RecordLength(length)]);

    /// <summary>Opens or creates a store.</summary>
    /// <param name="path">Its file; the folder is made when missing. Null keeps it in memory alone.</param>
    /// <param name="identity">Stands for all that the inputs depend on beside the pictures; another identity starts afresh.</param>
    /// <param name="length">Numbers in one input.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public static InputStore Open(string? path, string identity, int length)
    {
        if (path is null)
        {
            return new InputStore(null, length);
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16 };
            var store = new InputStore(new FileStream(path, options.ForOwnerAlone()), length);
            try
            {
                store.Load(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
                return store;
            }
            catch
            {
                store.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, error);
        }
    }

    /// <summary>Inputs in a file, by its length: an estimate, for one that was torn.</summary>
    public static int CountIn(string path, int length) =>
        new FileInfo(path) is { Exists: true } file ? (int)Math.Max(0, (file.Length - Magic.Length - HashLength) / RecordLength(length)) : 0;

    /// <summary>An input; null when it is not there.</summary>
    /// <param name="sha256">Of the picture's file.</param>
    public StoredInput? Find(string sha256) => _known.GetValueOrDefault(sha256);

    /// <summary>Adds an input; it is on its way to the disk when this returns.</summary>
    /// <param name="sha256">Of the picture's file, hexadecimal.</param>
    /// <param name="input">With as many numbers as an input has.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>, e.g. when the disk is full.</exception>
    public void Add(string sha256, StoredInput input)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(input.Values.Length, _length, nameof(input));
        _known[sha256] = input;
        if (_file is null)
        {
            return;
        }

        Convert.FromHexString(sha256).CopyTo(_record, 0);
        BinaryPrimitives.WriteInt32LittleEndian(_record.AsSpan(HashLength), input.Regions);
        MemoryMarshal.AsBytes(input.Values.AsSpan()).CopyTo(_record.AsSpan(HashLength + sizeof(int)));
        Checksum().CopyTo(_record.AsSpan(_record.Length - ChecksumLength));
        try
        {
            _file.Write(_record);
            _file.Flush();
        }
        catch (IOException error)
        {
            throw Unwritable(_file.Name, error);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static int RecordLength(int length) => HashLength + sizeof(int) + (sizeof(float) * length) + ChecksumLength;

    private static VeilException Unwritable(string path, Exception error) =>
        new(VeilErrorCode.UnwritableOutput, $"Computed inputs cannot be kept in '{path}': {error.Message}", "Choose a folder you may write to, with room on its disk; the same command then goes on.", error);

    private void Load(byte[] identity)
    {
        byte[] expected = [.. Magic, .. identity];
        var header = new byte[expected.Length];
        var file = _file!;
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.AsSpan().SequenceEqual(expected))
        {
            file.SetLength(0);
            file.Position = 0;
            file.Write(expected);
            file.Flush();
            return;
        }

        var whole = file.Position;
        while (file.ReadAtLeast(_record, _record.Length, throwOnEndOfStream: false) == _record.Length && Checksum().SequenceEqual(_record.AsSpan(_record.Length - ChecksumLength)))
        {
            var values = MemoryMarshal.Cast<byte, float>(_record.AsSpan(HashLength + sizeof(int), sizeof(float) * _length)).ToArray();
            _known[Convert.ToHexStringLower(_record.AsSpan(0, HashLength))] = new StoredInput(values, BinaryPrimitives.ReadInt32LittleEndian(_record.AsSpan(HashLength)));
            whole = file.Position;
        }

        file.SetLength(whole);
        file.Position = whole;
    }

    private ReadOnlySpan<byte> Checksum() => SHA256.HashData(_record.AsSpan(0, _record.Length - ChecksumLength)).AsSpan(0, ChecksumLength);
}

/// <summary>An input of a classifier.</summary>
/// <param name="Values">Its numbers; not to be changed.</param>
/// <param name="Regions">Regions that were covered in its picture.</param>
internal sealed record StoredInput(float[] Values, int Regions);
