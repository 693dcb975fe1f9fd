namespace Veil.Imaging.Metadata;

/// <summary>What a block of a file holds.</summary>
internal enum BlockKind
{
    /// <summary>A TIFF structure with EXIF fields.</summary>
    Exif,

    /// <summary>An XMP packet.</summary>
    Xmp,

    /// <summary>A continuation of the XMP packet, put together from its parts.</summary>
    ExtendedXmp,

    /// <summary>Photoshop image resources.</summary>
    Photoshop,

    /// <summary>IPTC-IIM datasets.</summary>
    Iptc,

    /// <summary>Text with a keyword.</summary>
    Text,

    /// <summary>A second picture.</summary>
    Picture,

    /// <summary>C2PA or another JUMBF box.</summary>
    Provenance,

    /// <summary>A colour profile.</summary>
    Profile,

    /// <summary>A time by itself.</summary>
    Time,

    /// <summary>Something that no specification known here explains.</summary>
    Unknown,

    /// <summary>Bytes after the end.</summary>
    Trailing,
}

/// <summary>A part of a file that is not the picture itself.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Where">Its place in the words of the format, e.g. <c>JPEG APP1</c>.</param>
/// <param name="Name">Keyword or the like; may be empty.</param>
/// <param name="Content">Its bytes; only the first <see cref="HeadLength"/> where no more is needed.</param>
/// <param name="Size">How many bytes it takes in the file.</param>
internal sealed record MetadataBlock(BlockKind Kind, string Where, string Name, byte[] Content, long Size)
{
    /// <summary>As much as is kept of pictures, trailing and unknown data.</summary>
    public const int HeadLength = 1 << 16;

    // XMP and the like are far smaller; more would only serve to fill the memory.
    private const int LongestRecord = 1 << 24;

    /// <summary>A block with all of its bytes, or their head where the kind needs no more.</summary>
    public static MetadataBlock Of(BlockKind kind, string where, string name, ReadOnlySpan<byte> content)
    {
        var longest = kind switch
        {
            BlockKind.Exif => int.MaxValue,
            BlockKind.Xmp or BlockKind.ExtendedXmp or BlockKind.Photoshop or BlockKind.Iptc => LongestRecord,
            _ => HeadLength,
        };
        return new MetadataBlock(kind, where, name, content[..Math.Min(content.Length, longest)].ToArray(), content.Length);
    }
}
