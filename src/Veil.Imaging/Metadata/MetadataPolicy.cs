namespace Veil.Imaging.Metadata;

/// <summary>How much of an original's metadata a result carries. The colour profile is always kept, pixels are always upright.</summary>
public enum MetadataLevel
{
    /// <summary>None at all.</summary>
    None,

    /// <summary>Camera settings that say nothing about who, where or with which device: exposure, lens range, flash, white balance.</summary>
    Safe,

    /// <summary>
    /// Every standard EXIF field, XMP and IPTC, also place, names and serial numbers; never a thumbnail, a preview, a maker
    /// note or a companion picture, since they may show the original.
    /// </summary>
    All,
}

/// <summary>What becomes of the capture time at <see cref="MetadataLevel.Safe"/>.</summary>
public enum CaptureDate
{
    /// <summary>It is left out.</summary>
    Drop,

    /// <summary>The day stays, the time of day becomes midnight.</summary>
    Day,
}

/// <summary>Which metadata of an original goes into its result.</summary>
/// <param name="Level">How much.</param>
/// <param name="Date">The capture time at <see cref="MetadataLevel.Safe"/>; <see cref="MetadataLevel.All"/> keeps it as it is.</param>
public sealed record MetadataPolicy(MetadataLevel Level, CaptureDate Date = CaptureDate.Drop)
{
    /// <summary>Nothing: the default.</summary>
    public static MetadataPolicy None { get; } = new(MetadataLevel.None);
}
