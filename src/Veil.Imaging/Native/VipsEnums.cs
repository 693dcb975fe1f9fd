namespace Veil.Imaging.Native;

/// <summary>How libvips stores one channel (its VipsBandFormat).</summary>
internal enum VipsBandFormat
{
    UInt8 = 0,
    UInt16 = 2,
}

/// <summary>What the channels mean (its VipsInterpretation); only what Veil tells apart.</summary>
internal enum VipsInterpretation
{
    Multiband = 0,
    Gray = 1,
    Histogram = 10,
    Cmyk = 15,
    Rgb = 17,
    Srgb = 22,
    Rgb16 = 25,
    Gray16 = 26,
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
    Jpeg = 1,
    Deflate = 2,
    PackBits = 3,
    Lzw = 5,
    WebP = 6,
    Zstd = 7,
}

/// <summary>In which order pixels will be asked for (its VipsAccess).</summary>
internal enum VipsAccess
{
    Random = 0,
    Sequential = 1,
}

/// <summary>How much of a file to open.</summary>
internal enum VipsPages
{
    First,
    All,
}
