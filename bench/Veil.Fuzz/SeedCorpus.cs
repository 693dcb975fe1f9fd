using System.Numerics;
using System.Text;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Fuzz;

/// <summary>What mutations start from: damaged files and camera files where the shared data is, and files of our own making.</summary>
internal static class SeedCorpus
{
    private const long LargestFile = 400_000;

    private static readonly string[] OptionTexts =
    [
        """{"grid":6,"palette":"#102030","seed":7}""", """{"sigma":"0.5px","passes":2}""", """{"cell":"10%","radius":"3px","color":"black"}""",
        """{"diameter":9,"sigmaColor":75.5,"sigmaSpace":"2%","strength":1}""", """{"emoji":"slightly-smiling","size":1.5}""",
    ];

    public static IReadOnlyList<byte[]> Pictures() => [.. Made(), .. Shared("hostile"), .. Shared("metadata")];

    public static IReadOnlyList<byte[]> Regions()
    {
        using var stream = new MemoryStream();
        using (var writer = new RegionsDocumentWriter(stream))
        {
            var origin = new RegionOrigin(RegionSource.Detector, "retinaface");
            Vector2[] points = [new(1, 2), new(30, 4), new(15, 22), new(4, 30), new(28, 31)];
            writer.Write(new RegionTimeline("a.jpg", 320, 240, [new FrameRegions(0, TimeSpan.Zero,
            [
                new Region(new Box(10, 20, 60, 90), RegionKind.Face, 0.9f, origin) { Landmarks = new FaceLandmarks(points[0], points[1], points[2], points[3], points[4]), Track = 3 },
                new Region(new Box(-10, 20, 600, 90), RegionKind.Body, 1, new RegionOrigin(RegionSource.Hand)) { Outline = [.. points] },
                new Region(new Box(0, 0, 4, 4), RegionKind.Plate, 1, new RegionOrigin(RegionSource.Annotation)) { Mask = new RegionMask(new PixelRect(0, 0, 4, 4), [.. Enumerable.Range(0, 16).Select(i => (byte)(i * 17))]) },
            ])]));
            writer.Write(new RegionTimeline("b/c.gif", 64, 64, [new FrameRegions(0, TimeSpan.Zero, []), new FrameRegions(1, TimeSpan.FromSeconds(0.1), [])]));
        }

        return [stream.ToArray()];
    }

    public static IReadOnlyList<byte[]> Options() =>
    [
        .. OptionTexts.Select(Encoding.UTF8.GetBytes),
    ];

    public static IReadOnlyList<byte[]> Journals()
    {
        var folder = Directory.CreateTempSubdirectory("veil-fuzz-").FullName;
        try
        {
            using (var journal = RunJournal.Open(folder, "options"))
            {
                for (var i = 0; i < 3; i++)
                {
                    var item = new MediaItem($"/pictures/{i}.jpg", $"{i}.jpg", MediaItemOrigin.Found);
                    journal.Add(new ItemResult(item, $"/out/{i}.jpg", i == 1 ? ItemStatus.Failed : ItemStatus.Done) { Info = new MediaInfo("jpeg", ".jpg", 10, 20, 1) });
                }
            }

            return [File.ReadAllBytes(RunJournal.PathIn(folder))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The graph's description is what Veil reads; weights only make files slow to copy.
    public static IReadOnlyList<byte[]> Models()
    {
        var model = Protobuf(7, [
            .. Protobuf(5, [.. Protobuf(8, "weight"u8), .. Protobuf(9, new byte[64])]),
            .. Protobuf(11, [.. Protobuf(1, "input"u8), .. Protobuf(2, Protobuf(1, [8, 1, .. Protobuf(2, Shape(1, 3, 480, 640))]))]),
            .. Protobuf(12, [.. Protobuf(1, "scores"u8), .. Protobuf(2, Protobuf(1, [8, 1, .. Protobuf(2, Shape(1, 16800, 2))]))]),
            .. Protobuf(13, [.. Protobuf(1, "inner"u8)]),
        ]);
        return [[8, 7, .. Protobuf(2, "maker"u8), .. model]];
    }

    private static byte[] Shape(params int[] sizes) => [.. sizes.SelectMany(size => Protobuf(1, [8, .. Varint(size)]))];

    private static byte[] Protobuf(int field, ReadOnlySpan<byte> content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (var left = (uint)value; ; left >>= 7)
        {
            bytes.Add((byte)((left & 0x7F) | (left > 0x7F ? 0x80u : 0)));
            if (left <= 0x7F)
            {
                return [.. bytes];
            }
        }
    }

    private static IEnumerable<byte[]> Made()
    {
        foreach (var format in Enum.GetValues<PictureFormat>().Where(format => format != PictureFormat.Heif))
        {
            foreach (var pixels in new[] { PixelFormat.Gray8, PixelFormat.Rgb24, PixelFormat.Rgba32, PixelFormat.Rgb48 })
            {
                if (pixels == PixelFormat.Rgb48 && format is not (PictureFormat.Png or PictureFormat.Tiff))
                {
                    continue;
                }

                using var picture = Picture.FromPixels(Paint(46, 31, pixels, 0), format);
                yield return picture.Encode();
            }
        }

        foreach (var format in new[] { PictureFormat.Gif, PictureFormat.WebP, PictureFormat.Tiff })
        {
            using var picture = new Picture(
                new PictureTraits(format, 24, 18, 3, PixelFormat.Rgb24) { Delays = [40, 50, 60] }, [.. Enumerable.Range(0, 3).Select(i => Paint(24, 18, PixelFormat.Rgb24, i))], [], []);
            yield return picture.Encode();
        }
    }

    private static PixelBuffer Paint(int width, int height, PixelFormat format, int seed)
    {
        var buffer = new PixelBuffer(width, height, format);
        for (var y = 0; y < height; y++)
        {
            var row = buffer.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = (byte)((x * 5) + (y * 3 * (seed + 1)) + (x * y / 16));
            }
        }

        return buffer;
    }

    private static IEnumerable<byte[]> Shared(string name)
    {
        var data = Environment.GetEnvironmentVariable("VEIL_TEST_DATA") is { Length: > 0 } named ? named : Path.Combine(Repository(), "..", "shared", "data");
        var folder = Path.Combine(data, name);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length is > 0 and <= LargestFile).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(bytes => PictureFormats.TrySniff(bytes, out _))
            : [];
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Veil.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Expected Veil.slnx in a folder above " + AppContext.BaseDirectory);
        }

        return folder.FullName;
    }
}
