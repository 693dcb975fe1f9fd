using System.ComponentModel.DataAnnotations;
using Veil.Imaging.Metadata;
using Veil.Regions;

namespace Veil.Imaging;

/// <summary>How a picture is written. The defaults write it as it was.</summary>
public sealed record EncodeOptions
{
    /// <summary>Everything as in the source.</summary>
    public static EncodeOptions Default { get; } = new();

    /// <summary>Target format; null (default) keeps the source's. <see cref="PictureFormat.Heif"/> is written as AVIF.</summary>
    public PictureFormat? Format { get; init; }

    /// <summary>Quality of lossy formats, 1..100 on the format's own scale; null (default) takes the source's, or a high one where it has none.</summary>
    [Range(1, 100)]
    public int? Quality { get; init; }

    /// <summary>How much is coded anew. Default <see cref="EncodeMode.Auto"/>.</summary>
    public EncodeMode Mode { get; init; }

    /// <summary>Which metadata of the original the result carries; none by default. It is taken from a file as it is opened with these options.</summary>
    public MetadataPolicy Metadata { get; init; } = MetadataPolicy.None;

    /// <summary>
    /// For CMYK pictures: the masks that were anonymized, per frame. Inks outside them, where the frame's colours are also
    /// unchanged, stay exactly the original's. Null (default) converts every pixel from the frame.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<RegionMask>>? Covered { get; init; }

    /// <summary>The format that these options lead to for a source.</summary>
    /// <param name="source">The picture to be written.</param>
    public PictureFormat TargetOf(PictureTraits source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var format = Format ?? source.Format;
        return format == PictureFormat.Heif ? PictureFormat.Avif : format;
    }
}
