using Veil.Imaging.Native;

namespace Veil.Imaging.Tests;

/// <summary>Makes CMYK pictures with libvips' own profiles.</summary>
internal static class Cmyk
{
    /// <summary>A CMYK TIFF without a profile.</summary>
    public static unsafe Picture Create(int width, int height, PictureFormat format = PictureFormat.Tiff)
    {
        using var rgb = Pictures.Paint(width, height, PixelFormat.Rgb24);
        var inks = VipsLibrary.Run(() =>
        {
            using var pin = rgb.Pin();
            using var view = VipsImage.View(pin.Pointer, rgb.Span.Length, width, height, 3, VipsBandFormat.UInt8);
            using var describe = new VipsOperation("copy");
            using var described = describe.Set("in", view).Set("interpretation", VipsInterpretation.Srgb).ToImage();
            using var transform = new VipsOperation("icc_transform");
            using var result = transform.Set("in", described).Set("input_profile", "srgb").Set("output_profile", "cmyk").Set("depth", 8).ToImage();
            return (Memory: result.ToMemory(), Profile: result.GetBlob(CmykColours.ProfileField));
        });
        var pixels = new CmykPixels(inks.Memory, width, height);
        var frame = VipsLibrary.Run(() => CmykColours.ToRgb(pixels, inks.Profile));
        return new Picture(
            new PictureTraits(format, width, height, 1, PixelFormat.Rgb24) { IsCmyk = true, IccProfile = [.. inks.Profile ?? []] },
            [PixelBuffer.Wrap(frame.Memory, width, height, width * 3, PixelFormat.Rgb24, frame)],
            [pixels],
            []);
    }

    /// <summary>libvips' sRGB profile.</summary>
    public static unsafe byte[] BuiltInRgbProfile() => VipsLibrary.Run(() =>
    {
        using var rgb = Pictures.Paint(8, 8, PixelFormat.Rgb24);
        using var pin = rgb.Pin();
        using var view = VipsImage.View(pin.Pointer, rgb.Span.Length, 8, 8, 3, VipsBandFormat.UInt8);
        using var describe = new VipsOperation("copy");
        using var described = describe.Set("in", view).Set("interpretation", VipsInterpretation.Srgb).ToImage();
        using var transform = new VipsOperation("icc_transform");
        using var result = transform.Set("in", described).Set("input_profile", "srgb").Set("output_profile", "srgb").ToImage();
        return result.GetBlob(CmykColours.ProfileField)!;
    });
}
