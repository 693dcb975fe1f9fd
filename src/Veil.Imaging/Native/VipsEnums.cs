namespace Veil.Imaging.Native;

/// <summary>How libvips stores one channel (its VipsBandFormat).</summary>
internal enum VipsBandFormat
{
    UInt8 = 0,
    Int8 = 1,
    UInt16 = 2,
    Int16 = 3,
    UInt32 = 4,
    Int32 = 5,
    Float = 6,
    Complex = 7,
    Double = 8,
}

/// <summary>What the channels mean (its VipsInterpretation); those that loaders give.</summary>
internal enum VipsInterpretation
{
    Multiband = 0,
    Gray = 1,
    Histogram = 10,
    Xyz = 12,
    Lab = 13,
    Cmyk = 15,
    Rgb = 17,
    LabShort = 21,
    Srgb = 22,
    Rgb16 = 25,
    Gray16 = 26,
    LinearRgb = 28,
}

/// <summary>How strict a loader is (its VipsFailOn).</summary>
internal enum VipsFailOn
{
    Truncated = 1,
    Error = 2,
    Warning = 3,
}

/// <summary>Which metadata a saver writes (its VipsForeignKeep flags).</summary>
internal enum VipsKeep
{
    IccProfile = 1 << 3,
}

/// <summary>Chroma subsampling of the JPEG and AVIF savers (its VipsForeignSubsample).</summary>
internal enum VipsSubsample
{
    Halved = 1,
    Full = 2,
}

/// <summary>Compression of the TIFF saver (its VipsForeignTiffCompression).</summary>
internal enum VipsTiffCompression
{
    None = 0,
    Deflate = 2,
    PackBits = 3,
    Lzw = 5,
}

/// <summary>In which order pixels will be asked for (its VipsAccess).</summary>
internal enum VipsAccess
{
    Random = 0,
    Sequential = 1,
}

/// <summary>Codec of the HEIF saver (its VipsForeignHeifCompression).</summary>
internal enum VipsHeifCompression
{
    Av1 = 4,
}

/// <summary>Rendering intent of colour conversions (its VipsIntent).</summary>
internal enum VipsIntent
{
    Relative = 1,
}
