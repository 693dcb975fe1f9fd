using Veil.Imaging.Native;
using Veil.Regions;

namespace Veil.Imaging;

/// <summary>Converts between inks and sRGB through a CMYK profile, or through libvips' own where a picture has none.</summary>
internal static unsafe class CmykColours
{
    private const string BuiltInCmyk = "cmyk";
    private const string BuiltInRgb = "srgb";
    public const string ProfileField = "icc-profile-data";

    public static GLibMemory ToRgb(CmykPixels inks, ReadOnlySpan<byte> profile) =>
        ToRgb(inks.Memory.Pointer, inks.Memory.Length, inks.Width, inks.Height, profile);

    /// <summary>Packed sRGB of packed inks.</summary>
    public static GLibMemory ToRgb(void* inks, int length, int width, int height, ReadOnlySpan<byte> profile)
    {
        using var view = View(inks, length, width, height);
        if (!profile.IsEmpty)
        {
            view.Set(ProfileField, profile);
        }

        using var operation = new VipsOperation("icc_transform");
        using var rgb = operation.Set("in", view).Set("embedded", !profile.IsEmpty).Set("input_profile", BuiltInCmyk)
            .Set("output_profile", BuiltInRgb).Set("intent", VipsIntent.Relative).Set("depth", 8).ToImage();
        return rgb.ToMemory();
    }

    /// <summary>
    /// The inks to write: the original's, except where a mask covers or the frame differs from what was decoded; there
    /// they come from the frame. The second condition needs no trust in the masks.
    /// </summary>
    /// <param name="frame">Rgb24.</param>
    /// <param name="original">Inks of the same size.</param>
    /// <param name="covered">Anonymized areas; null takes every pixel from the frame.</param>
    /// <param name="profile">CMYK profile; may be empty.</param>
    public static GLibMemory Merge(PixelBuffer frame, CmykPixels original, IReadOnlyList<RegionMask>? covered, ReadOnlySpan<byte> profile)
    {
        if (frame.Format != PixelFormat.Rgb24 || frame.Width != original.Width || frame.Height != original.Height)
        {
            throw new ArgumentException($"Expected an {original.Width}×{original.Height} Rgb24 frame, but received {frame.Width}×{frame.Height} {frame.Format}.", nameof(frame));
        }

        if (covered is null)
        {
            return FromRgb(frame, profile);
        }

        using var decoded = ToRgb(original, profile);
        var inks = FromRgb(frame, profile);
        for (var y = 0; y < frame.Height; y++)
        {
            var target = inks.GetSpan().Slice(y * frame.Width * 4, frame.Width * 4);
            KeepUntouched(frame.Row(y), decoded.GetSpan().Slice(y * frame.Width * 3, frame.Width * 3), original.Row(y), target, covered, y);
        }

        return inks;
    }

    private static void KeepUntouched(
        ReadOnlySpan<byte> frame, ReadOnlySpan<byte> decoded, ReadOnlySpan<byte> original, Span<byte> target, IReadOnlyList<RegionMask> covered, int y)
    {
        for (var x = 0; x < target.Length / 4; x++)
        {
            var touched = !frame.Slice(x * 3, 3).SequenceEqual(decoded.Slice(x * 3, 3));
            for (var i = 0; i < covered.Count && !touched; i++)
            {
                touched = covered[i][x, y] > 0;
            }

            if (!touched)
            {
                original.Slice(x * 4, 4).CopyTo(target[(x * 4)..]);
            }
        }
    }

    /// <summary>Packed inks of an Rgb24 picture.</summary>
    public static GLibMemory FromRgb(PixelBuffer frame, ReadOnlySpan<byte> profile)
    {
        using var packed = frame.Stride == frame.Width * 3 ? null : frame.Clone();
        using var pin = (packed ?? frame).Pin();
        using var raw = VipsImage.View(pin.Pointer, (long)frame.Width * 3 * frame.Height, frame.Width, frame.Height, 3, VipsBandFormat.UInt8);
        using var describe = new VipsOperation("copy");
        using var rgb = describe.Set("in", raw).Set("interpretation", VipsInterpretation.Srgb).ToImage();
        if (profile.IsEmpty)
        {
            using var transform = new VipsOperation("icc_transform");
            using var builtIn = transform.Set("in", rgb).Set("input_profile", BuiltInRgb).Set("output_profile", BuiltInCmyk).Set("intent", VipsIntent.Relative).Set("depth", 8).ToImage();
            return builtIn.ToMemory();
        }

        // A transform takes its target only from a file; an export takes the profile that is attached.
        using var import = new VipsOperation("icc_import");
        using var connection = import.Set("in", rgb).Set("input_profile", BuiltInRgb).Set("intent", VipsIntent.Relative).ToImage();
        using var attach = new VipsOperation("copy");
        using var attached = attach.Set("in", connection).ToImage();
        attached.Set(ProfileField, profile);
        using var export = new VipsOperation("icc_export");
        using var inks = export.Set("in", attached).Set("intent", VipsIntent.Relative).Set("depth", 8).ToImage();
        return inks.ToMemory();
    }

    private static VipsImage View(void* inks, int length, int width, int height)
    {
        using var raw = VipsImage.View(inks, length, width, height, 4, VipsBandFormat.UInt8);
        using var operation = new VipsOperation("copy");
        return operation.Set("in", raw).Set("interpretation", VipsInterpretation.Cmyk).ToImage();
    }
}
