using FsCheck;
using FsCheck.Fluent;
using Veil.Errors;
using Veil.Imaging.Metadata;
using Veil.Imaging.Metadata.Exif;

namespace Veil.Imaging.Tests.Metadata;

public sealed class HostileMetadataTests
{
    private static readonly byte[][] Signatures =
    [
        [0xFF, 0xD8, 0xFF], [0x89, .. "PNG\r\n\x1A\n"u8], [.. "RIFF\0\x1\0\0WEBP"u8], [.. "II*\0\x8\0\0\0"u8], [.. "MM\0+\0\x8\0\0"u8], [.. "GIF89a"u8],
        [0, 0, 0, 16, .. "ftypavif\0\0\0\0"u8], [.. "BM"u8, 0, 0, 0, 0],
    ];

    [DataFact("hostile")]
    public async Task Every_hostile_file_is_inspected_or_told_to_be_no_picture()
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.Path("hostile"), "*", SearchOption.AllDirectories))
        {
            await InTimeAsync(() => Try(File.ReadAllBytes(path)), path);
        }
    }

    [Fact]
    public async Task Damaged_and_truncated_files_are_read_as_far_as_they_go()
    {
        var random = new Random(7);
        foreach (var (format, file) in LeakyFiles.All())
        {
            await InTimeAsync(
                () =>
                {
                    for (var run = 0; run < 1500; run++)
                    {
                        var damaged = run % 3 == 0 ? file[..random.Next(file.Length)] : file.ToArray();
                        for (var hit = random.Next(1, 12); hit > 0 && damaged.Length > 0; hit--)
                        {
                            damaged[random.Next(damaged.Length)] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
                        }

                        Try(damaged);
                    }
                },
                format.Name());
        }
    }

    [Fact]
    public void Arbitrary_bytes_behind_any_signature_are_read() =>
        Prop.ForAll(Gen.Elements(Signatures).ToArbitrary(), ArbMap.Default.ArbFor<byte[]>(), (signature, rest) => Try([.. signature, .. rest])).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Directories_that_point_to_each_other_end()
    {
        var tiff = new TiffBuilder();
        var first = tiff.Directory(TiffBuilder.Long(0x8769, 8), TiffBuilder.Long(0x014A, 8), TiffBuilder.Long(0x8825, 8));
        tiff.Next(first, first);
        var file = tiff.Build(first);

        await InTimeAsync(() => Try(file), "a circle");
        Assert.InRange(TiffStructure.Read(file)!.Directories.Count, 1, 2);
    }

    [Fact]
    public async Task Thousands_of_fields_that_share_one_large_value_take_no_memory()
    {
        var tiff = new TiffBuilder();
        var large = new byte[4 << 20];
        Array.Fill(large, (byte)'a');
        var at = tiff.Store(large);
        var shared = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(shared, at);
        var fields = Enumerable.Range(0, 60_000).Select(tag => ((ushort)tag, 2, large.Length, shared)).ToArray();
        var file = tiff.Build(tiff.Directory(fields));

        await InTimeAsync(() => Try(file), "shared values");
        Assert.All(MetadataInspector.Inspect(file), trace => Assert.InRange(trace.Value.Length, 0, 301));
    }

    [Fact]
    public void Xml_with_a_document_type_or_too_deep_is_not_taken_for_xmp()
    {
        const string types = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><x>&b;</x>";
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));

        Assert.Null(XmpPacket.TryParse(System.Text.Encoding.UTF8.GetBytes(types)));
        Assert.Null(XmpPacket.TryParse(System.Text.Encoding.UTF8.GetBytes(deep + ">")));
    }

    [Fact]
    public void Compressed_text_that_asks_for_a_dictionary_or_is_cut_is_read_as_far_as_it_goes()
    {
        var png = Pictures.Encode(PictureFormat.Png, 16, 12, PixelFormat.Rgb24);

        Try(Chunks.AddToPng(png, "zTXt", [.. "Comment\0\0"u8, 0x78, 0xBB, 1, 2, 3, 4, 5, 6]));
        Try(Chunks.AddToPng(png, "zTXt", [.. "Comment\0\0"u8, 0x78, 0x9C, 1, 255, 0, 0, 255]));
        Try(Chunks.AddToPng(png, "iCCP", "x"u8));
        Try(Chunks.AddToPng(png, "iTXt", "x\0\x1"u8));
    }

    [Fact]
    public void Values_cannot_command_a_terminal()
    {
        var file = Tests.Exif.Insert(Pictures.Encode(PictureFormat.Jpeg, 16, 12, PixelFormat.Rgb24), 0xFE, [.. "a\x1B[2Jb\u202Ec"u8]);

        Assert.Equal("a [2Jb c", Assert.Single(MetadataInspector.Inspect(file)).Value);
    }

    private static void Try(byte[] file)
    {
        try
        {
            MetadataInspector.Inspect(file);
            if (PictureFormats.TrySniff(file, out var format))
            {
                foreach (var target in (PictureFormat[])[PictureFormat.Jpeg, PictureFormat.Gif])
                {
                    var carried = CarriedMetadata.Read(file, format, new MetadataPolicy(MetadataLevel.All));
                    JpegMetadata.Segments(carried);
                    carried.NotesFor(target);
                }

                AssertHoldsOnly(CarriedMetadata.Read(file, format, new MetadataPolicy(MetadataLevel.Safe)), MetadataLevel.Safe);
                AssertHoldsOnly(CarriedMetadata.Read(file, format, new MetadataPolicy(MetadataLevel.All)), MetadataLevel.All);
            }
        }
        catch (VeilException error)
        {
            Assert.Equal(VeilErrorCode.NotAPicture, error.Code);
        }
    }

    // However the original is damaged, what is written names only fields of the level and no further picture.
    private static void AssertHoldsOnly(CarriedMetadata carried, MetadataLevel level)
    {
        var written = ExifWriter.Write(carried.Exif);
        var structure = TiffStructure.Read(written);
        Assert.NotNull(structure);
        Assert.DoesNotContain(structure.Directories, directory => directory.Kind is DirectoryKind.Next or DirectoryKind.Sub);
        Assert.False(PictureSignature.IsIn(carried.Exif.Values.SelectMany(fields => fields).Where(field => field.Value.Length > 4).SelectMany(field => field.Value.Append((byte)0)).ToArray()));
        foreach (var directory in structure.Directories)
        {
            Assert.All(directory.Fields.Where(field => !ExifTags.IsStructure(directory.Kind, field.Tag)), field =>
                Assert.True(field.Tag is ExifTags.Orientation or ExifTags.ExifVersion || ExifTags.Find(directory.Kind, field.Tag) is { Level: not MetadataLevel.None } tag && tag.Level <= level));
        }

        Assert.True(level == MetadataLevel.All || (carried.Xmp is null && carried.Iptc is null));
    }

    private static async Task InTimeAsync(Action action, string what)
    {
        var attempt = Task.Run(action);
        Assert.True(await Task.WhenAny(attempt, Task.Delay(Eventually.Patience)) == attempt, what + " takes minutes");
        await attempt;
    }
}
