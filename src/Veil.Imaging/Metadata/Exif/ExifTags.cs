namespace Veil.Imaging.Metadata.Exif;

/// <summary>Which forms of value a tag may have to be carried.</summary>
[Flags]
internal enum ValueForms
{
    /// <summary>Never carried.</summary>
    None = 0,
    Text = 1,
    Short = 2,
    Long = 4,
    Rational = 8,
    SRational = 16,
    Bytes = 32,
    Undefined = 64,
}

/// <summary>A standard field.</summary>
/// <param name="Directory">Where it stands.</param>
/// <param name="Tag">Its number.</param>
/// <param name="Name">Its name in the standard.</param>
/// <param name="Kind">What it tells of somebody; null for nothing.</param>
/// <param name="Level">The lowest level that carries it; <see cref="MetadataLevel.None"/> stands for never.</param>
/// <param name="Forms">Types that it may have to be carried: a number field with text in it is not what it says.</param>
/// <param name="MostValues">How many values it may have to be carried.</param>
internal sealed record ExifTag(DirectoryKind Directory, ushort Tag, string Name, TraceKind? Kind, MetadataLevel Level, ValueForms Forms, int MostValues)
{
    /// <summary>How far it identifies somebody.</summary>
    public TraceSeverity Severity { get; init; } = Kind is { } kind ? TraceSeverities.Of(kind) : TraceSeverity.Low;
}

/// <summary>
/// The fields that Veil knows: EXIF 2.32 and 3.0 (CIPA DC-008), TIFF 6.0, and Windows' XP fields. What is not here is
/// private and is never carried, since nobody can know whether it holds a preview.
/// </summary>
internal static class ExifTags
{
    public const ushort Orientation = 0x0112;
    public const ushort SubDirectories = 0x014A;
    public const ushort JpegOffset = 0x0201;
    public const ushort JpegLength = 0x0202;
    public const ushort Xmp = 0x02BC;
    public const ushort Iptc = 0x83BB;
    public const ushort Photoshop = 0x8649;
    public const ushort ExifDirectory = 0x8769;
    public const ushort Icc = 0x8773;
    public const ushort GpsDirectory = 0x8825;
    public const ushort ExifVersion = 0x9000;
    public const ushort DateTimeOriginal = 0x9003;
    public const ushort MakerNote = 0x927C;
    public const ushort UserComment = 0x9286;
    public const ushort InteroperabilityDirectory = 0xA005;
    private const int LongestText = 8192;

    /// <summary>Pairs of fields that say where pixels are: offsets and lengths.</summary>
    public static readonly (ushort Offsets, ushort Lengths)[] PixelPlaces = [(273, 279), (324, 325), (JpegOffset, JpegLength)];

    private static readonly Dictionary<(DirectoryKind, ushort), ExifTag> Known = All().ToDictionary(tag => (tag.Directory, tag.Tag));

    // How pixels are laid out, and directories and profiles that are looked at by themselves.
    private static readonly HashSet<ushort> Structure =
    [
        .. Enumerable.Range(254, 13).Select(tag => (ushort)tag), 273, 274, 277, 278, 279, 280, 281, 284, 286, 287, 288, 289, 290, 291, 292, 293, 297, 301,
        317, 318, 319, 320, 321, 322, 323, 324, 325, SubDirectories, 332, 334, 336, 338, 339, 340, 341, 342, 343, 347,
        512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, Xmp, 33421, 33422, Iptc, Photoshop, ExifDirectory, Icc, GpsDirectory,
    ];

    /// <summary>A field of the standards; null for any other.</summary>
    public static ExifTag? Find(DirectoryKind directory, ushort tag) =>
        Known.GetValueOrDefault((directory is DirectoryKind.Next or DirectoryKind.Sub ? DirectoryKind.Main : directory, tag));

    /// <summary>True for fields that only say how pixels are stored, or where another part is.</summary>
    public static bool IsStructure(DirectoryKind directory, ushort tag) =>
        directory is DirectoryKind.Main or DirectoryKind.Next or DirectoryKind.Sub ? Structure.Contains(tag) : tag is InteroperabilityDirectory;

    private static ExifTag[] All() =>
    [
        Text(DirectoryKind.Main, 0x010D, "DocumentName", TraceKind.Text),
        Text(DirectoryKind.Main, 0x010E, "ImageDescription", TraceKind.Text),
        Text(DirectoryKind.Main, 0x010F, "Make", TraceKind.Device),
        Text(DirectoryKind.Main, 0x0110, "Model", TraceKind.Device),
        Setting(DirectoryKind.Main, 0x011A, "XResolution", ValueForms.Rational),
        Setting(DirectoryKind.Main, 0x011B, "YResolution", ValueForms.Rational),
        Text(DirectoryKind.Main, 0x011D, "PageName", TraceKind.Text),
        Setting(DirectoryKind.Main, 0x0128, "ResolutionUnit", ValueForms.Short),
        Text(DirectoryKind.Main, 0x0131, "Software", TraceKind.Software),
        Text(DirectoryKind.Main, 0x0132, "DateTime", TraceKind.Time),
        Text(DirectoryKind.Main, 0x013B, "Artist", TraceKind.Name),
        Text(DirectoryKind.Main, 0x013C, "HostComputer", TraceKind.Device),
        new(DirectoryKind.Main, 0x0213, "YCbCrPositioning", null, MetadataLevel.None, ValueForms.None, 0),
        new(DirectoryKind.Main, 0x4746, "Rating", null, MetadataLevel.All, ValueForms.Short, 1),
        new(DirectoryKind.Main, 0x4749, "RatingPercent", null, MetadataLevel.All, ValueForms.Short, 1),
        Text(DirectoryKind.Main, 0x8298, "Copyright", TraceKind.Name),
        Windows(0x9C9B, "XPTitle", TraceKind.Text),
        Windows(0x9C9C, "XPComment", TraceKind.Text),
        Windows(0x9C9D, "XPAuthor", TraceKind.Name),
        Windows(0x9C9E, "XPKeywords", TraceKind.Text),
        Windows(0x9C9F, "XPSubject", TraceKind.Text),
        Text(DirectoryKind.Main, 0xC614, "UniqueCameraModel", TraceKind.Device),
        Text(DirectoryKind.Main, 0xC62F, "CameraSerialNumber", TraceKind.Device) with { Severity = TraceSeverity.High },
        Setting(DirectoryKind.Exif, 0x829A, "ExposureTime", ValueForms.Rational),
        Setting(DirectoryKind.Exif, 0x829D, "FNumber", ValueForms.Rational),
        Setting(DirectoryKind.Exif, 0x8822, "ExposureProgram", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0x8827, "PhotographicSensitivity", ValueForms.Short, 2),
        Setting(DirectoryKind.Exif, 0x8830, "SensitivityType", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0x8831, "StandardOutputSensitivity", ValueForms.Long),
        Setting(DirectoryKind.Exif, 0x8832, "RecommendedExposureIndex", ValueForms.Long),
        Setting(DirectoryKind.Exif, 0x8833, "ISOSpeed", ValueForms.Long),
        new(DirectoryKind.Exif, ExifVersion, "ExifVersion", null, MetadataLevel.None, ValueForms.None, 0),
        Text(DirectoryKind.Exif, DateTimeOriginal, "DateTimeOriginal", TraceKind.Time),
        Text(DirectoryKind.Exif, 0x9004, "DateTimeDigitized", TraceKind.Time),
        Text(DirectoryKind.Exif, 0x9010, "OffsetTime", TraceKind.Time),
        Text(DirectoryKind.Exif, 0x9011, "OffsetTimeOriginal", TraceKind.Time),
        Text(DirectoryKind.Exif, 0x9012, "OffsetTimeDigitized", TraceKind.Time),
        new(DirectoryKind.Exif, 0x9101, "ComponentsConfiguration", null, MetadataLevel.None, ValueForms.None, 0),
        new(DirectoryKind.Exif, 0x9102, "CompressedBitsPerPixel", null, MetadataLevel.None, ValueForms.None, 0),
        Setting(DirectoryKind.Exif, 0x9201, "ShutterSpeedValue", ValueForms.SRational),
        Setting(DirectoryKind.Exif, 0x9202, "ApertureValue", ValueForms.Rational),
        Setting(DirectoryKind.Exif, 0x9203, "BrightnessValue", ValueForms.SRational),
        Setting(DirectoryKind.Exif, 0x9204, "ExposureBiasValue", ValueForms.SRational),
        Setting(DirectoryKind.Exif, 0x9205, "MaxApertureValue", ValueForms.Rational),
        new(DirectoryKind.Exif, 0x9206, "SubjectDistance", null, MetadataLevel.All, ValueForms.Rational, 1),
        Setting(DirectoryKind.Exif, 0x9207, "MeteringMode", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0x9208, "LightSource", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0x9209, "Flash", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0x920A, "FocalLength", ValueForms.Rational),
        new(DirectoryKind.Exif, 0x9214, "SubjectArea", null, MetadataLevel.All, ValueForms.Short, 4),
        new(DirectoryKind.Exif, MakerNote, "MakerNote", TraceKind.MakerNote, MetadataLevel.None, ValueForms.None, 0),
        new(DirectoryKind.Exif, UserComment, "UserComment", TraceKind.Text, MetadataLevel.All, ValueForms.Undefined, LongestText),
        Text(DirectoryKind.Exif, 0x9290, "SubSecTime", TraceKind.Time),
        Text(DirectoryKind.Exif, 0x9291, "SubSecTimeOriginal", TraceKind.Time),
        Text(DirectoryKind.Exif, 0x9292, "SubSecTimeDigitized", TraceKind.Time),
        new(DirectoryKind.Exif, 0xA000, "FlashpixVersion", null, MetadataLevel.None, ValueForms.None, 0),
        Setting(DirectoryKind.Exif, 0xA001, "ColorSpace", ValueForms.Short),
        new(DirectoryKind.Exif, 0xA002, "PixelXDimension", null, MetadataLevel.None, ValueForms.None, 0),
        new(DirectoryKind.Exif, 0xA003, "PixelYDimension", null, MetadataLevel.None, ValueForms.None, 0),
        Text(DirectoryKind.Exif, 0xA004, "RelatedSoundFile", TraceKind.Private),
        new(DirectoryKind.Exif, 0xA20B, "FlashEnergy", null, MetadataLevel.All, ValueForms.Rational, 1),
        new(DirectoryKind.Exif, 0xA20E, "FocalPlaneXResolution", null, MetadataLevel.All, ValueForms.Rational, 1),
        new(DirectoryKind.Exif, 0xA20F, "FocalPlaneYResolution", null, MetadataLevel.All, ValueForms.Rational, 1),
        new(DirectoryKind.Exif, 0xA210, "FocalPlaneResolutionUnit", null, MetadataLevel.All, ValueForms.Short, 1),
        new(DirectoryKind.Exif, 0xA214, "SubjectLocation", null, MetadataLevel.All, ValueForms.Short, 2),
        Setting(DirectoryKind.Exif, 0xA215, "ExposureIndex", ValueForms.Rational),
        new(DirectoryKind.Exif, 0xA217, "SensingMethod", null, MetadataLevel.All, ValueForms.Short, 1),
        new(DirectoryKind.Exif, 0xA300, "FileSource", null, MetadataLevel.All, ValueForms.Undefined, 1),
        new(DirectoryKind.Exif, 0xA301, "SceneType", null, MetadataLevel.All, ValueForms.Undefined, 1),
        new(DirectoryKind.Exif, 0xA302, "CFAPattern", null, MetadataLevel.None, ValueForms.None, 0),
        Setting(DirectoryKind.Exif, 0xA401, "CustomRendered", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0xA402, "ExposureMode", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0xA403, "WhiteBalance", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0xA404, "DigitalZoomRatio", ValueForms.Rational),
        Setting(DirectoryKind.Exif, 0xA405, "FocalLengthIn35mmFilm", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0xA406, "SceneCaptureType", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0xA407, "GainControl", ValueForms.Short | ValueForms.Rational),
        Setting(DirectoryKind.Exif, 0xA408, "Contrast", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0xA409, "Saturation", ValueForms.Short),
        Setting(DirectoryKind.Exif, 0xA40A, "Sharpness", ValueForms.Short),
        new(DirectoryKind.Exif, 0xA40B, "DeviceSettingDescription", TraceKind.Private, MetadataLevel.None, ValueForms.None, 0),
        Setting(DirectoryKind.Exif, 0xA40C, "SubjectDistanceRange", ValueForms.Short),
        Text(DirectoryKind.Exif, 0xA420, "ImageUniqueID", TraceKind.Private),
        Text(DirectoryKind.Exif, 0xA430, "CameraOwnerName", TraceKind.Name),
        Text(DirectoryKind.Exif, 0xA431, "BodySerialNumber", TraceKind.Device) with { Severity = TraceSeverity.High },
        Setting(DirectoryKind.Exif, 0xA432, "LensSpecification", ValueForms.Rational, 4),
        Text(DirectoryKind.Exif, 0xA433, "LensMake", TraceKind.Device),
        Text(DirectoryKind.Exif, 0xA434, "LensModel", TraceKind.Device),
        Text(DirectoryKind.Exif, 0xA435, "LensSerialNumber", TraceKind.Device) with { Severity = TraceSeverity.High },
        Text(DirectoryKind.Exif, 0xA436, "ImageTitle", TraceKind.Text),
        Text(DirectoryKind.Exif, 0xA437, "Photographer", TraceKind.Name),
        Text(DirectoryKind.Exif, 0xA438, "ImageEditor", TraceKind.Name),
        Text(DirectoryKind.Exif, 0xA439, "CameraFirmware", TraceKind.Software),
        Text(DirectoryKind.Exif, 0xA43A, "RAWDevelopingSoftware", TraceKind.Software),
        Text(DirectoryKind.Exif, 0xA43B, "ImageEditingSoftware", TraceKind.Software),
        Text(DirectoryKind.Exif, 0xA43C, "MetadataEditingSoftware", TraceKind.Software),
        new(DirectoryKind.Exif, 0xA500, "Gamma", null, MetadataLevel.All, ValueForms.Rational, 1),
        Text(DirectoryKind.Interoperability, 0x0001, "InteroperabilityIndex", null),
        new(DirectoryKind.Interoperability, 0x0002, "InteroperabilityVersion", null, MetadataLevel.All, ValueForms.Undefined, 4),
        .. Gps(),
    ];

    // The version alone, which many editors leave behind, is no place.
    private static IEnumerable<ExifTag> Gps()
    {
        string[] names =
        [
            "GPSVersionID", "GPSLatitudeRef", "GPSLatitude", "GPSLongitudeRef", "GPSLongitude", "GPSAltitudeRef", "GPSAltitude", "GPSTimeStamp", "GPSSatellites",
            "GPSStatus", "GPSMeasureMode", "GPSDOP", "GPSSpeedRef", "GPSSpeed", "GPSTrackRef", "GPSTrack", "GPSImgDirectionRef", "GPSImgDirection", "GPSMapDatum",
            "GPSDestLatitudeRef", "GPSDestLatitude", "GPSDestLongitudeRef", "GPSDestLongitude", "GPSDestBearingRef", "GPSDestBearing", "GPSDestDistanceRef",
            "GPSDestDistance", "GPSProcessingMethod", "GPSAreaInformation", "GPSDateStamp", "GPSDifferential", "GPSHPositioningError",
        ];
        const int longestArea = 512;
        const ValueForms any = ValueForms.Text | ValueForms.Bytes | ValueForms.Short | ValueForms.Rational | ValueForms.Undefined;
        return names.Select((name, tag) => new ExifTag(DirectoryKind.Gps, (ushort)tag, name, tag == 0 ? null : TraceKind.Place, MetadataLevel.All, any, longestArea));
    }

    private static ExifTag Text(DirectoryKind directory, ushort tag, string name, TraceKind? kind) =>
        new(directory, tag, name, kind, MetadataLevel.All, ValueForms.Text, LongestText);

    private static ExifTag Windows(ushort tag, string name, TraceKind kind) =>
        new(DirectoryKind.Main, tag, name, kind, MetadataLevel.All, ValueForms.Bytes, LongestText);

    private static ExifTag Setting(DirectoryKind directory, ushort tag, string name, ValueForms forms, int mostValues = 1) =>
        new(directory, tag, name, null, MetadataLevel.Safe, forms, mostValues);
}
