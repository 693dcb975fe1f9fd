using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Veil.Imaging;

namespace Veil.Datasets.Tests;

/// <summary>A dataset on disk for one test.</summary>
internal sealed class Tree : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<DatasetProblem> _problems = [];

    public string Root => _folder.FullPath;

    public IReadOnlyList<DatasetProblem> Problems => _problems;

    public IReadOnlyList<string> Files => _folder.Files();

    public Tree Text(string path, string content)
    {
        _folder.Write(path, Encoding.UTF8.GetBytes(content));
        return this;
    }

    public Tree Bytes(string path, byte[] content)
    {
        _folder.Write(path, content);
        return this;
    }

    /// <summary>A grey PNG.</summary>
    public Tree Picture(string path, int width = 64, int height = 48) => Bytes(path, Png(width, height));

    public string Read(string path) => File.ReadAllText(_folder[path]);

    /// <summary>Opens it; the first problem is thrown.</summary>
    public IDatasetReader Open(string format, params string[] people) => DatasetCatalog.Find(format, Root).Open(Root, Options(people));

    /// <summary>Opens it and collects problems.</summary>
    public IDatasetReader OpenAnyway(string format) => DatasetCatalog.Find(format, Root).Open(Root, Options() with { Problems = _problems.Add });

    /// <summary>Reads all objects of all pictures, collecting problems.</summary>
    public IReadOnlyList<DatasetProblem> ReadAll(string format)
    {
        using var reader = OpenAnyway(format);
        foreach (var picture in reader.Pictures())
        {
            _ = picture.ReadObjects().Count;
        }

        return _problems;
    }

    public static DatasetReadOptions Options(params string[] people) => new()
    {
        People = [.. people],
        SizeOf = path =>
        {
            var picture = PictureFile.Identify(path);
            return new PictureSize(picture.Width, picture.Height);
        },
    };

    public void Dispose() => _folder.Dispose();

    public static byte[] Png(int width, int height)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.Write(new byte[width + 1]);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, pixels.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] body = [.. name, .. content];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        var check = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc(body));
        return [.. length, .. body, .. check];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return ~crc;
    }
}
