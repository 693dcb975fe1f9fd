using Veil.Imaging.Native;

namespace Veil.Imaging;

/// <summary>Turns what a loader gives into upright frames.</summary>
internal static unsafe class VipsFrames
{
    /// <summary>Adds the frame (and, of CMYK pictures, its inks).</summary>
    public static void Read(VipsImage stored, VipsLayout layout, List<PixelBuffer> frames, List<CmykPixels> inks)
    {
        if (layout.Traits.IsCmyk)
        {
            ReadCmyk(stored, layout, frames, inks);
            return;
        }

        using var expanded = layout.IsGrayWithAlpha ? Expand(stored, layout.Traits.Pixels) : null;
        frames.Add(ToBuffer(ToUprightMemory(expanded ?? stored, layout), layout.Traits));
    }

    private static void ReadCmyk(VipsImage stored, VipsLayout layout, List<PixelBuffer> frames, List<CmykPixels> inks)
    {
        var frame = new CmykPixels(ToUprightMemory(stored, layout), layout.Traits.Width, layout.Traits.Height);
        inks.Add(frame);
        frames.Add(ToBuffer(CmykColours.ToRgb(frame, layout.Traits.IccProfile.AsSpan()), layout.Traits));
    }

    private static GLibMemory ToUprightMemory(VipsImage stored, VipsLayout layout)
    {
        if (layout.Orientation == 1)
        {
            return stored.ToMemory();
        }

        // Turning asks for pixels in another order than the file has them, so they are decoded first.
        var (width, height, bands, format) = (stored.Width, stored.Height, stored.Bands, stored.Format);
        using var memory = stored.ToMemory();
        using var view = VipsImage.View(memory.Pointer, memory.Length, width, height, bands, format);
        view.Set("orientation", layout.Orientation);
        using var turn = new VipsOperation("autorot");
        using var upright = turn.Set("in", view).ToImage();
        return upright.ToMemory();
    }

    private static VipsImage Expand(VipsImage image, PixelFormat target)
    {
        using var operation = new VipsOperation("colourspace");
        return operation.Set("in", image)
            .Set("space", target.BytesPerChannel() == 2 ? VipsInterpretation.Rgb16 : VipsInterpretation.Srgb)
            .ToImage();
    }

    private static PixelBuffer ToBuffer(GLibMemory memory, PictureTraits traits) => PixelBuffer.Wrap(
        memory.Memory, traits.Width, traits.Height, traits.Width * traits.Pixels.BytesPerPixel(), traits.Pixels, memory);
}
