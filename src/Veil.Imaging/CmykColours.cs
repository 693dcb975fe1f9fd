using Veil.Imaging.Native;

namespace Veil.Imaging;

/// <summary>Converts between inks and sRGB through a CMYK profile, or through libvips' own where a picture has none.</summary>
internal static unsafe class CmykColours
{
    private const string BuiltInCmyk = "cmyk";
    private const string BuiltInRgb = "srgb";
    private const string ProfileField = "icc-profile-data";

    public static GLibMemory ToRgb(CmykPixels inks, ReadOnlySpan<byte> profile)
    {
        using var view = View(inks);
        if (!profile.IsEmpty)
        {
            view.Set(ProfileField, profile);
        }

        using var operation = new VipsOperation("icc_transform");
        using var rgb = operation.Set("in", view).Set("embedded", !profile.IsEmpty).Set("input_profile", BuiltInCmyk)
            .Set("output_profile", BuiltInRgb).Set("depth", 8).ToImage();
        return rgb.ToMemory();
    }

    private static VipsImage View(CmykPixels inks)
    {
        using var raw = VipsImage.View(inks.Memory.Pointer, inks.Memory.Length, inks.Width, inks.Height, 4, VipsBandFormat.UInt8);
        using var operation = new VipsOperation("copy");
        return operation.Set("in", raw).Set("interpretation", VipsInterpretation.Cmyk).ToImage();
    }
}
