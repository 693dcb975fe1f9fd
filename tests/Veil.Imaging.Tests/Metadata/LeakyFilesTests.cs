using Veil.Imaging.Metadata;
using Veil.Imaging.Metadata.Exif;

namespace Veil.Imaging.Tests.Metadata;

public sealed class LeakyFilesTests
{
    private static readonly PictureFormat[] Holding = [PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.WebP, PictureFormat.Tiff];

    public static TheoryData<string> Formats() => new(LeakyFiles.All().Select(leaky => leaky.Format.Name()));

    [Theory]
    [MemberData(nameof(Formats))]
    public void At_level_none_nothing_is_left_in_any_container(string format)
    {
        foreach (var target in Enum.GetValues<PictureFormat>().Where(target => target != PictureFormat.Heif))
        {
            var written = Anonymize(format, MetadataPolicy.None, target);

            AssertHolds(written, [], "secret", "FORBIDDEN");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void At_level_safe_camera_settings_come_through_and_nothing_else(string format)
    {
        foreach (var target in Holding)
        {
            var written = Anonymize(format, new MetadataPolicy(MetadataLevel.Safe), target);

            AssertHolds(written, [], "secret", "FORBIDDEN", "2024", "R98");
            Assert.Equal(HasExif(format), CarriedFrom(written, target).ContainsKey(DirectoryKind.Exif));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_day_of_capture_comes_through_when_asked_for_and_no_time_of_day(string format)
    {
        var written = Anonymize(format, new MetadataPolicy(MetadataLevel.Safe, CaptureDate.Day), PictureFormat.Jpeg);

        AssertHolds(written, HasExif(format) ? [TraceKind.Time] : [], "secret", "FORBIDDEN", "17:45");
        Assert.Equal(HasExif(format), written.AsSpan().IndexOf("2024:02:29 00:00:00"u8) > 0);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void At_level_all_every_standard_field_comes_through_but_no_second_picture(string format)
    {
        TraceKind[] fields = [TraceKind.Place, TraceKind.Name, TraceKind.Device, TraceKind.Time, TraceKind.Text, TraceKind.Software];
        foreach (var target in Holding)
        {
            var written = Anonymize(format, new MetadataPolicy(MetadataLevel.All), target);

            AssertHolds(written, fields, "FORBIDDEN");
            if (HasExif(format))
            {
                var traces = MetadataInspector.Inspect(written);
                Assert.Contains(traces, trace => trace is { Name: "position", Value: "43.50000, -11.26000" });
                Assert.Contains(traces, trace => trace is { Name: "BodySerialNumber", Value: "secret-4711" });
                Assert.Contains(traces, trace => trace is { Name: "creator", Value: "secret author" });
                Assert.Contains(traces, trace => trace is { Name: "DateTimeOriginal", Value: "2024:02:29 17:45:12" });
            }
        }
    }

    [Fact]
    public void Extended_xmp_and_iptc_of_a_jpeg_come_through_without_their_pictures()
    {
        var traces = MetadataInspector.Inspect(Anonymize("jpeg", new MetadataPolicy(MetadataLevel.All), PictureFormat.Jpeg));

        Assert.Contains(traces, trace => trace is { Where: "IPTC", Name: "By-line", Value: "secret by-line" });
        Assert.Contains(traces, trace => trace.Value == "secret source");
    }

    [Fact]
    public void What_cannot_be_carried_is_noted()
    {
        var leaky = LeakyFiles.All().Single(candidate => candidate.Format == PictureFormat.Jpeg).File;

        using var kept = Open(leaky, new EncodeOptions { Metadata = new MetadataPolicy(MetadataLevel.All) });
        using var converted = Open(leaky, new EncodeOptions { Metadata = new MetadataPolicy(MetadataLevel.All), Format = PictureFormat.Gif });
        using var safe = Open(leaky, new EncodeOptions { Metadata = new MetadataPolicy(MetadataLevel.Safe) });

        Assert.Contains("MakerNote", string.Join(' ', kept.Info.Notes), StringComparison.Ordinal);
        Assert.Contains("thumbnail", string.Join(' ', kept.Info.Notes), StringComparison.Ordinal);
        Assert.Contains("gif cannot hold it here): EXIF, XMP, IPTC", string.Join(' ', converted.Info.Notes), StringComparison.Ordinal);
        Assert.Empty(safe.Info.Notes);
    }

    [Theory]
    [InlineData("jpeg", "place name thumbnail device makernote time text provenance trailing private software")]
    [InlineData("png", "place name thumbnail device makernote time text provenance trailing private software")]
    [InlineData("webp", "place name thumbnail device makernote time text trailing private software")]
    [InlineData("tiff", "place name thumbnail device makernote time trailing private")]
    [InlineData("gif", "text trailing")]
    [InlineData("avif", "place name thumbnail device time text software trailing")]
    public void Inspect_names_every_kind_of_leak(string format, string kinds)
    {
        var traces = MetadataInspector.Inspect(File(format));

        foreach (var kind in kinds.Split(' ').Select(name => Enum.Parse<TraceKind>(name, ignoreCase: true)))
        {
            Assert.True(traces.Any(trace => trace.Kind == kind), $"{format}: nothing of kind {kind} among\n{string.Join('\n', traces)}");
        }

        Assert.Equal(traces.OrderByDescending(trace => trace.Severity).Select(trace => trace.Severity), traces.Select(trace => trace.Severity));
    }

    [Fact]
    public void Every_thumbnail_of_a_jpeg_is_named_with_its_size()
    {
        var thumbnails = MetadataInspector.Inspect(File("jpeg")).Where(trace => trace.Kind == TraceKind.Thumbnail).ToList();

        Assert.Equal(4, thumbnails.Count(trace => trace.Value.Contains("16×12", StringComparison.Ordinal)));
        Assert.Contains(thumbnails, trace => trace.Name == "index of 2 pictures (MPF)");
    }

    [Fact]
    public void A_video_after_the_end_is_named_wherever_it_starts()
    {
        byte[] motion = [.. Pictures.Encode(PictureFormat.Jpeg, 16, 12, PixelFormat.Rgb24), .. "MotionPhoto_Data"u8, 0, 0, 0, 24, .. "ftypmp42"u8, .. new byte[100]];

        var traces = MetadataInspector.Inspect(motion);

        Assert.Equal([TraceKind.Thumbnail, TraceKind.Trailing], traces.Select(trace => trace.Kind));
        Assert.Equal("video 112 bytes", traces[0].Value);
    }

    [Fact]
    public void Further_pictures_and_foreign_boxes_of_a_heif_are_named()
    {
        byte[] items =
        [
            .. Box("infe", [2, 0, 0, 0, 0, 1, 0, 0, .. "hvc1\0"u8]), .. Box("infe", [2, 0, 0, 0, 0, 2, 0, 0, .. "hvc1\0"u8]),
            .. Box("infe", [2, 0, 0, 0, 0, 3, 0, 0, .. "hvc1\0"u8]), .. Box("infe", [2, 0, 0, 0, 0, 4, 0, 0, .. "hvc1\0"u8]),
        ];
        byte[] properties =
        [
            .. Box("ipco", [.. Box("auxC", [0, 0, 0, 0, .. "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0"u8]), .. Box("auxC", [0, 0, 0, 0, .. "urn:com:apple:photo:2020:aux:hdrgainmap\0"u8])]),
            .. Box("ipma", [0, 0, 0, 0, 0, 0, 0, 2, 0, 3, 1, 1, 0, 4, 1, 2]),
        ];
        byte[] references = [0, 0, 0, 0, .. Box("thmb", [0, 2, 0, 1, 0, 1]), .. Box("auxl", [0, 3, 0, 1, 0, 1]), .. Box("auxl", [0, 4, 0, 1, 0, 1])];
        byte[] heif =
        [
            .. Box("ftyp", [.. "heic\0\0\0\0mif1heic"u8]),
            .. Box("meta", [0, 0, 0, 0, .. Box("iinf", [0, 0, 0, 0, 0, 4, .. items]), .. Box("iprp", properties), .. Box("iref", references)]),
            .. Box("mpvd", new byte[50]),
            .. Box("uuid", [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81, .. "manifest"u8]),
        ];

        var traces = MetadataInspector.Inspect(heif);

        Assert.Equal(
            ["C2PA", "motion photo", "thumbnail", "urn:com:apple:photo:2020:aux:hdrgainmap"],
            traces.Select(trace => trace.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pages_and_transparency_are_as_they_were_when_metadata_is_added()
    {
        var carried = CarriedMetadata.Read(File("jpeg"), PictureFormat.Jpeg, new MetadataPolicy(MetadataLevel.All));
        using var pages = Pictures.Create(PictureFormat.Tiff, Pictures.Paint(20, 10, PixelFormat.Rgb24, 1), Pictures.Paint(20, 10, PixelFormat.Rgb24, 2));
        using var transparent = Pictures.Create(PictureFormat.Png, Pictures.Paint(20, 10, PixelFormat.Rgba32));

        using var tiff = Picture.Decode(MetadataWriter.Write(carried, pages.Encode(), PictureFormat.Tiff)!);
        Assert.Equal(2, tiff.Frames.Count);
        Assert.Equal(0, Pictures.LargestDifference(pages.Frame(1), tiff.Frame(1)));
        foreach (var format in (PictureFormat[])[PictureFormat.WebP, PictureFormat.Png])
        {
            using var again = Picture.Decode(MetadataWriter.Write(carried, transparent.Encode(new EncodeOptions { Format = format }), format)!);
            Assert.Equal(0, Pictures.LargestDifference(transparent.Frame(0), again.Frame(0)));
        }
    }

    [Fact]
    public void The_segments_for_a_jpeg_writer_are_whole_and_few()
    {
        var file = File("jpeg");

        Assert.Empty(JpegMetadata.SegmentsFor(MetadataPolicy.None, file));
        Assert.All(JpegMetadata.SegmentsFor(new MetadataPolicy(MetadataLevel.All), file), segment =>
        {
            Assert.Equal(0xFF, segment[0]);
            Assert.Equal(segment.Length - 2, (segment[2] << 8) | segment[3]);
        });
        Assert.Equal([0xE1, 0xE1, 0xED], JpegMetadata.SegmentsFor(new MetadataPolicy(MetadataLevel.All), file).Select(segment => (int)segment[1]));
        Assert.Equal([0xE1], JpegMetadata.SegmentsFor(new MetadataPolicy(MetadataLevel.Safe), file).Select(segment => (int)segment[1]));
    }

    [Fact]
    public void Pixels_that_stay_turned_keep_their_orientation_at_every_level_in_one_segment()
    {
        foreach (var level in Enum.GetValues<MetadataLevel>())
        {
            var segments = JpegMetadata.SegmentsFor(new MetadataPolicy(level), File("jpeg"), orientation: 6);

            var exif = Assert.Single(segments, segment => segment.AsSpan(4).StartsWith("Exif"u8)).AsSpan(10);
            var structure = TiffStructure.Read(exif)!;
            var field = Assert.Single(structure.Directories.SelectMany(directory => directory.Fields), field => field.Tag == ExifTags.Orientation);
            Assert.Equal(6, structure.Integer(exif, field));
            Assert.Equal(level == MetadataLevel.All, segments.Any(segment => segment.AsSpan().IndexOf("tiff:Orientation=\"6\""u8) > 0));
            Assert.Equal(level == MetadataLevel.None, structure.Directories is [{ Fields.Count: 1 }]);
        }
    }

    [Fact]
    public void Captions_that_no_segment_can_hold_are_noted_and_the_orientation_stays()
    {
        var tiff = new TiffBuilder();
        var text = new string('x', 8000);
        var exif = tiff.Build(tiff.Directory([.. new ushort[] { 0x010D, 0x010E, 0x010F, 0x0110, 0x011D, 0x0131, 0x013B, 0x013C, 0x8298, 0xC614 }.Select(tag => TiffBuilder.Text(tag, text))]));
        var png = Chunks.AddToPng(Pictures.Encode(PictureFormat.Png, 16, 12, PixelFormat.Rgb24), "eXIf", exif);

        var carried = CarriedMetadata.Read(png, PictureFormat.Png, new MetadataPolicy(MetadataLevel.All), orientation: 3);

        Assert.Contains("EXIF", Assert.Single(carried.NotesFor(PictureFormat.Jpeg)), StringComparison.Ordinal);
        Assert.Empty(carried.NotesFor(PictureFormat.Png));
        Assert.InRange(Assert.Single(JpegMetadata.Segments(carried)).Length, 20, 100);
    }

    private static byte[] Box(string name, byte[] content)
    {
        var length = content.Length + 8;
        return [0, 0, (byte)(length >> 8), (byte)length, .. System.Text.Encoding.ASCII.GetBytes(name), .. content];
    }

    private static byte[] File(string format) => LeakyFiles.All().Single(leaky => leaky.Format.Name() == format).File;

    private static bool HasExif(string format) => format != "gif";

    private static Picture Open(byte[] file, EncodeOptions options) => PictureFile.Open(new MemoryStream(file), PictureLimits.Default, options);

    private static byte[] Anonymize(string format, MetadataPolicy policy, PictureFormat target)
    {
        var options = new EncodeOptions { Metadata = policy, Format = target };
        using var picture = Open(File(format), options);
        var written = picture.Encode(options);

        // Whatever was put in, the picture must still be one, and the same one.
        using var without = Picture.Decode(picture.Encode(options));
        using var again = Picture.Decode(written);
        Assert.Equal((picture.Traits.Width, picture.Traits.Height), (again.Traits.Width, again.Traits.Height));
        Assert.Equal(0, Pictures.LargestDifference(without.Frame(0), again.Frame(0)));
        return written;
    }

    private static Dictionary<DirectoryKind, int> CarriedFrom(byte[] written, PictureFormat format) =>
        CarriedMetadata.Read(written, format, new MetadataPolicy(MetadataLevel.All)).Exif.ToDictionary(pair => pair.Key, pair => pair.Value.Count);

    private static void AssertHolds(byte[] written, TraceKind[] kinds, params string[] needles)
    {
        var unwanted = MetadataInspector.Inspect(written).Where(trace => trace.Kind != TraceKind.Profile && !kinds.Contains(trace.Kind)).ToList();
        Assert.True(unwanted.Count == 0, string.Join('\n', unwanted));
        foreach (var needle in needles)
        {
            Assert.True(written.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(needle)) < 0, $"'{needle}' is still there");
        }
    }
}
