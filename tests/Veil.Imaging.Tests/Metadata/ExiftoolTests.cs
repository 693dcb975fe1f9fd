using Veil.Imaging.Metadata;

namespace Veil.Imaging.Tests.Metadata;

public sealed class ExiftoolTests : IDisposable
{
    // What the file system, the tool itself, and the coding of pixels account for.
    private static readonly string[] Coding = ["ExifTool", "System", "File", "JFIF", "ICC-header", "ICC_Profile", "ICC-view", "ICC-meas", "ICC-chad", "PNG", "PNG-pHYs", "RIFF", "Adobe", "Composite"];

    private static readonly HashSet<string> TiffLayout =
    [
        "ImageWidth", "ImageHeight", "BitsPerSample", "Compression", "PhotometricInterpretation", "StripOffsets", "SamplesPerPixel", "RowsPerStrip", "StripByteCounts",
        "XResolution", "YResolution", "PlanarConfiguration", "ResolutionUnit", "Predictor", "SampleFormat", "SubfileType", "Orientation", "ExtraSamples", "FillOrder", "PageNumber", "TileWidth", "TileLength", "TileOffsets", "TileByteCounts",
    ];

    private static readonly HashSet<string> Settings =
    [
        "ExposureTime", "FNumber", "ExposureProgram", "ISO", "SensitivityType", "StandardOutputSensitivity", "RecommendedExposureIndex", "ISOSpeed", "ExifVersion", "ShutterSpeedValue",
        "ApertureValue", "BrightnessValue", "ExposureCompensation", "MaxApertureValue", "MeteringMode", "LightSource", "Flash", "FocalLength", "ColorSpace", "ExposureIndex", "CustomRendered",
        "ExposureMode", "WhiteBalance", "DigitalZoomRatio", "FocalLengthIn35mmFormat", "SceneCaptureType", "GainControl", "Contrast", "Saturation", "Sharpness", "SubjectDistanceRange", "LensInfo",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ExiftoolFact]
    public void At_level_none_real_photos_keep_no_metadata()
    {
        var fields = Anonymize(MetadataPolicy.None);

        Assert.InRange(fields.Count, 80, int.MaxValue);
        AssertAll(fields, (group, field) => IsCoding(group, field));
    }

    [ExiftoolFact]
    public void At_level_safe_real_photos_keep_camera_settings_only()
    {
        var fields = Anonymize(new MetadataPolicy(MetadataLevel.Safe));

        AssertAll(fields, (group, field) => IsCoding(group, field) || (group == "IFD0" && TiffLayout.Contains(field)) || (group == "ExifIFD" && Settings.Contains(field)));
        Assert.InRange(fields.Values.Count(file => file.ContainsKey("ExifIFD:ExposureTime")), 30, int.MaxValue);
        Assert.All(fields.Values, file => Assert.Equal("1", file.GetValueOrDefault("IFD0:Orientation", "1")));
    }

    [ExiftoolFact]
    public void With_the_day_asked_for_no_time_of_day_is_kept()
    {
        var fields = Anonymize(new MetadataPolicy(MetadataLevel.Safe, CaptureDate.Day));

        AssertAll(fields, (group, field) => IsCoding(group, field) || (group == "IFD0" && TiffLayout.Contains(field)) || (group == "ExifIFD" && (Settings.Contains(field) || field == "DateTimeOriginal")));
        var days = fields.Values.Select(file => file.GetValueOrDefault("ExifIFD:DateTimeOriginal")).OfType<string>().ToList();
        Assert.InRange(days.Count, 30, int.MaxValue);
        Assert.All(days, day => Assert.EndsWith(" 00:00:00", day, StringComparison.Ordinal));
    }

    [ExiftoolFact]
    public void At_level_all_real_photos_keep_their_fields_but_no_second_picture()
    {
        var fields = Anonymize(new MetadataPolicy(MetadataLevel.All));
        var originals = Originals();

        AssertAll(fields, (group, field) =>
            !field.Contains("Thumbnail", StringComparison.OrdinalIgnoreCase) && !field.Contains("Preview", StringComparison.OrdinalIgnoreCase) && !field.Contains("MakerNote", StringComparison.Ordinal)
            && group is not ("IFD1" or "SubIFD" or "MPF0" or "MakerNotes" or "Trailer")
            && (IsCoding(group, field) || group == "Composite" || group is "IFD0" or "ExifIFD" or "GPS" or "InteropIFD" or "IPTC" or "Photoshop" || group.StartsWith("XMP", StringComparison.Ordinal)));
        var places = 0;
        foreach (var (name, original) in originals)
        {
            var written = fields[name];
            foreach (var (field, value) in original.Where(field => field.Key.StartsWith("GPS:", StringComparison.Ordinal) && !field.Key.Contains("0x", StringComparison.Ordinal)))
            {
                Assert.True(written.TryGetValue(field, out var kept), $"{name} lost {field}");
                Assert.Equal(value, kept);
                places++;
            }

            foreach (var field in new[] { "IFD0:Make", "IFD0:Model", "IFD0:Artist", "IFD0:Copyright", "ExifIFD:DateTimeOriginal", "ExifIFD:ExposureTime", "ExifIFD:FNumber", "ExifIFD:ISO", "IPTC:By-line" })
            {
                Assert.True(original.GetValueOrDefault(field, "") == written.GetValueOrDefault(field, ""), $"{name}: {field} was '{original.GetValueOrDefault(field)}' and is '{written.GetValueOrDefault(field)}'");
            }
        }

        Assert.True(places > 50);
    }

    private static bool IsCoding(string group, string field) =>
        Coding.Contains(group) ? field != "Comment" && !field.StartsWith("GPS", StringComparison.Ordinal) && !field.Contains("Thumbnail", StringComparison.Ordinal) : group == "IFD0" && TiffLayout.Contains(field);

    private static void AssertAll(Dictionary<string, Dictionary<string, string>> files, Func<string, string, bool> allowed)
    {
        var leaks = files.SelectMany(file => file.Value.Keys.Select(key => (file.Key, Parts: key.Split(':', 2))).Where(field => !allowed(field.Parts[0], field.Parts[1])).Select(field => $"{field.Key}: {string.Join(':', field.Parts)}")).ToList();
        Assert.True(leaks.Count == 0, $"{leaks.Count} fields that should not be there:\n{string.Join('\n', leaks.Take(40))}");
    }

    private static IEnumerable<string> Photos() => Directory.EnumerateFiles(SharedData.Path("metadata"), "*.jpg", SearchOption.AllDirectories);

    private Dictionary<string, Dictionary<string, string>> Originals()
    {
        foreach (var path in Photos())
        {
            File.Copy(path, Directory.CreateDirectory(_folder["originals"]).FullName + "/" + Path.GetFileName(path));
        }

        return Exiftool.Read(_folder["originals"]);
    }

    private Dictionary<string, Dictionary<string, string>> Anonymize(MetadataPolicy policy)
    {
        foreach (var path in Photos())
        {
            foreach (var format in (PictureFormat[])[PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.WebP, PictureFormat.Tiff])
            {
                // Large photos once are enough: the other formats take their fields from the same selection.
                if (format == PictureFormat.Jpeg || new FileInfo(path).Length < 60_000)
                {
                    var options = new EncodeOptions { Metadata = policy, Format = format };
                    using var picture = PictureFile.Open(path, PictureLimits.Default, options);
                    var name = format == PictureFormat.Jpeg ? Path.GetFileName(path) : Path.GetFileName(path) + format.Extension();
                    var written = picture.Encode(options);
                    _folder.Write("results/" + name, written);
                    Assert.DoesNotContain(MetadataInspector.Inspect(written), trace => trace.Kind is TraceKind.Thumbnail or TraceKind.MakerNote or TraceKind.Trailing);
                }
            }
        }

        return Exiftool.Read(_folder["results"]);
    }
}
