using Veil.Errors;
using Veil.Imaging.Native;

namespace Veil.Imaging;

/// <summary>What a loader's header says, checked against the limits, and how its pixels become frames.</summary>
internal sealed class VipsLayout
{
    public VipsLayout(VipsImage header, PictureFormat format, PictureLimits limits, PagePolicy policy)
    {
        var pages = policy == PagePolicy.FirstOnly ? 1 : Math.Max(1, header.Pages);
        Orientation = header.Orientation is >= 1 and <= 8 ? header.Orientation : 1;
        (StoredWidth, StoredHeight) = (header.Width, header.Height);
        var (width, height) = Orientation >= 5 ? (StoredHeight, StoredWidth) : (StoredWidth, StoredHeight);
        limits.Check(width, height, pages);
        var pixels = ToPixelFormat(header, out var cmyk);
        IsGrayWithAlpha = header.Bands == 2;
        if ((long)width * height * Math.Max(4, pixels.BytesPerPixel()) > int.MaxValue)
        {
            throw new VeilException(
                VeilErrorCode.LimitExceeded, $"Expected a frame of at most 2 GiB of pixels, but received {width}×{height} {pixels}.", "split or shrink it first");
        }

        if (pages < header.Pages)
        {
            Notes = [$"{header.Pages - pages} further pictures or pages of the file were left out: only the first is read, and the others differ from it"];
        }

        Traits = new PictureTraits(format, width, height, pages, pixels)
        {
            BitDepth = header.GetInt("heif-bitdepth") ?? header.GetInt("bits-per-sample") ?? pixels.BytesPerChannel() * 8,
            IccProfile = [.. header.GetBlob(CmykColours.ProfileField) ?? []],
            IsCmyk = cmyk,
            Delays = pages > 1 ? [.. header.GetInts("delay") ?? []] : [],
            Loop = header.GetInt("loop") ?? 0,
            Resolution = Orientation >= 5 ? (header.Resolution.Y, header.Resolution.X) : header.Resolution,
            IsInterlaced = header.GetInt("interlaced") == 1,
            HasPalette = header.GetInt("palette") == 1,
        };
    }

    public PictureTraits Traits { get; }

    public int Orientation { get; }

    /// <summary>Columns in the file, before orientation.</summary>
    public int StoredWidth { get; }

    /// <summary>Rows in the file, before orientation.</summary>
    public int StoredHeight { get; }

    public bool IsGrayWithAlpha { get; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    private static PixelFormat ToPixelFormat(VipsImage image, out bool cmyk)
    {
        var (format, kind, bands) = (image.Format, image.Interpretation, image.Bands);
        cmyk = kind == VipsInterpretation.Cmyk && format == VipsBandFormat.UInt8 && bands == 4;
        var known = kind is VipsInterpretation.Multiband or VipsInterpretation.Gray or VipsInterpretation.Histogram or VipsInterpretation.Rgb
            or VipsInterpretation.Srgb or VipsInterpretation.Rgb16 or VipsInterpretation.Gray16;
        return (format, bands) switch
        {
            _ when cmyk => PixelFormat.Rgb24,
            (VipsBandFormat.UInt8, 1) when known => PixelFormat.Gray8,
            (VipsBandFormat.UInt8, 3) when known => PixelFormat.Rgb24,
            (VipsBandFormat.UInt8, 2 or 4) when known => PixelFormat.Rgba32,
            (VipsBandFormat.UInt16, 1) when known => PixelFormat.Gray16,
            (VipsBandFormat.UInt16, 3) when known => PixelFormat.Rgb48,
            (VipsBandFormat.UInt16, 2 or 4) when known => PixelFormat.Rgba64,
            _ => throw new VeilException(
                VeilErrorCode.UnsupportedFormat,
                $"Expected grey or RGB pixels of 8 or 16 bits, or CMYK of 8, but received {bands} channels of {format}, {kind}.",
                "convert it to 8- or 16-bit RGB first"),
        };
    }
}
