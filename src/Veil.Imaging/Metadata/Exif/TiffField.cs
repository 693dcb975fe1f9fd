namespace Veil.Imaging.Metadata.Exif;

/// <summary>Which directory of a TIFF structure a field stands in.</summary>
internal enum DirectoryKind
{
    /// <summary>The first.</summary>
    Main,

    /// <summary>EXIF's own, where the camera writes.</summary>
    Exif,

    /// <summary>The place.</summary>
    Gps,

    /// <summary>Interoperability.</summary>
    Interoperability,

    /// <summary>A later one in the chain: the thumbnail in EXIF, another page in TIFF.</summary>
    Next,

    /// <summary>Below another, as previews are.</summary>
    Sub,
}

/// <summary>A field of a directory; its value lies wholly inside the structure.</summary>
/// <param name="Tag">Its number.</param>
/// <param name="Type">Type of its values (TIFF 6.0, section 2).</param>
/// <param name="Count">How many values.</param>
/// <param name="Offset">Where they are in the structure.</param>
/// <param name="Length">How many bytes they take.</param>
internal readonly record struct TiffField(ushort Tag, TiffType Type, int Count, int Offset, int Length);

/// <summary>A directory with those of its fields that can be read.</summary>
internal sealed record TiffDirectory(DirectoryKind Kind, IReadOnlyList<TiffField> Fields);

/// <summary>Types of values (TIFF 6.0, section 2; BigTIFF; EXIF 3.0 for UTF-8).</summary>
internal enum TiffType
{
    Byte = 1,
    Ascii = 2,
    Short = 3,
    Long = 4,
    Rational = 5,
    SByte = 6,
    Undefined = 7,
    SShort = 8,
    SLong = 9,
    SRational = 10,
    Float = 11,
    Double = 12,
    Directory = 13,
    Long8 = 16,
    SLong8 = 17,
    Directory8 = 18,
    Utf8 = 129,
}
