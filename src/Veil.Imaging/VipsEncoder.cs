using Veil.Errors;
using Veil.Imaging.Native;

namespace Veil.Imaging;

/// <summary>
/// Writes frames through libvips. Every image handed to a saver is made of bare pixels plus the colour profile, timing
/// and resolution: no metadata of the source can reach the output, because none is attached.
/// </summary>
internal static unsafe class VipsEncoder
{
    public static VipsBlob Encode(PictureTraits traits, IReadOnlyList<PixelBuffer> frames, IReadOnlyList<CmykPixels> cmyk, EncodeOptions options)
    {
        var target = options.TargetOf(traits);
        try
        {
            return VipsLibrary.Run(() => Save(traits, frames, cmyk, options, target));
        }
        catch (VipsFailure failure)
        {
            throw new VeilException(VeilErrorCode.EncodeFailed, $"The result cannot be encoded as {target.Name()}: {failure.Message}", "choose another --format", failure);
        }
    }

    private static VipsBlob Save(
        PictureTraits traits, IReadOnlyList<PixelBuffer> frames, IReadOnlyList<CmykPixels> cmyk, EncodeOptions options, PictureFormat target)
    {
        var keepsInks = traits.IsCmyk && cmyk.Count == frames.Count && target is (PictureFormat.Jpeg or PictureFormat.Tiff);
        using var scope = new FrameScope();
        var images = new List<VipsImage>(frames.Count);
        for (var i = 0; i < frames.Count; i++)
        {
            images.Add(keepsInks
                ? scope.View(CmykColours.Merge(frames[i], cmyk[i], options.Covered?[i], traits.IccProfile.AsSpan()), cmyk[i].Width, cmyk[i].Height)
                : scope.View(frames[i]));
        }

        using var joined = Join(images);
        using var described = Describe(joined, traits, keepsInks, frames);
        using var fitted = Fit(described, frames[0].Format, target);
        using var saver = Savers.Create(target, traits, options, fitted ?? described);
        return saver.ToBlob();
    }

    private static VipsImage Join(List<VipsImage> images)
    {
        if (images.Count == 1)
        {
            return images[0].Share();
        }

        // Frames below one another are how savers take an animation.
        using var operation = new VipsOperation("arrayjoin");
        return operation.Set("in", images).Set("across", 1).ToImage();
    }

    private static VipsImage Describe(VipsImage joined, PictureTraits traits, bool keepsInks, IReadOnlyList<PixelBuffer> frames)
    {
        using var operation = new VipsOperation("copy");
        var image = operation.Set("in", joined)
            .Set("interpretation", keepsInks ? VipsInterpretation.Cmyk : Interpretation(frames[0].Format))
            .Set("xres", traits.Resolution.X).Set("yres", traits.Resolution.Y)
            .ToImage();
        if (!traits.IccProfile.IsEmpty && traits.IsCmyk == keepsInks && ProfileFits(traits, frames[0].Format))
        {
            image.Set(CmykColours.ProfileField, traits.IccProfile.AsSpan());
        }

        if (frames.Count > 1)
        {
            image.Set("page-height", frames[0].Height);
            image.Set("n-pages", frames.Count);
            image.Set("loop", traits.Loop);
            if (traits.Delays.Length == frames.Count)
            {
                image.Set("delay", traits.Delays.AsSpan());
            }
        }

        return image;
    }

    // A profile of grey pictures says nothing about RGB ones, and the other way round.
    private static bool ProfileFits(PictureTraits traits, PixelFormat format) =>
        traits.IsCmyk || (traits.Pixels.Channels() == 1) == (format.Channels() == 1);

    private static VipsInterpretation Interpretation(PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => VipsInterpretation.Gray,
        PixelFormat.Gray16 => VipsInterpretation.Gray16,
        PixelFormat.Rgb48 or PixelFormat.Rgba64 => VipsInterpretation.Rgb16,
        _ => VipsInterpretation.Srgb,
    };

    // What the target cannot hold: sixteen bits, alpha. Null when there is nothing to change.
    private static VipsImage? Fit(VipsImage image, PixelFormat format, PictureFormat target)
    {
        if (target == PictureFormat.Jpeg && format.HasAlpha())
        {
            // Onto white, as viewers show transparency.
            using var flatten = new VipsOperation("flatten");
            using var opaque = flatten.Set("in", image).Set("background", (double)(format.BytesPerChannel() == 2 ? ushort.MaxValue : byte.MaxValue)).ToImage();
            return format.BytesPerChannel() == 2 ? ToEightBits(opaque, format) : opaque.Share();
        }

        if (target == PictureFormat.Gif && image.Has(CmykColours.ProfileField) && image.Bands >= 3)
        {
            // GIF holds no profile: its colours are sRGB.
            using var transform = new VipsOperation("icc_transform");
            return transform.Set("in", image).Set("embedded", true).Set("input_profile", "srgb").Set("output_profile", "srgb").Set("depth", 8).ToImage();
        }

        return format.BytesPerChannel() == 2 && target is (PictureFormat.Jpeg or PictureFormat.WebP or PictureFormat.Gif)
            ? ToEightBits(image, format)
            : null;
    }

    private static VipsImage ToEightBits(VipsImage image, PixelFormat format)
    {
        using var operation = new VipsOperation("colourspace");
        return operation.Set("in", image).Set("space", format == PixelFormat.Gray16 ? VipsInterpretation.Gray : VipsInterpretation.Srgb).ToImage();
    }

    /// <summary>Keeps pixels in place, and frees what was made for the occasion, until the bytes are written.</summary>
    private sealed class FrameScope : IDisposable
    {
        private readonly Stack<IDisposable> _held = new();

        public VipsImage View(PixelBuffer frame)
        {
            var packed = frame.Width * frame.Format.BytesPerPixel();
            if (frame.Stride != packed)
            {
                frame = frame.Clone();
                _held.Push(frame);
            }

            var pin = frame.Pin();
            _held.Push(pin);
            var wide = frame.Format.BytesPerChannel() == 2;
            return Hold(VipsImage.View(
                pin.Pointer, (long)packed * frame.Height, frame.Width, frame.Height, frame.Format.Channels(), wide ? VipsBandFormat.UInt16 : VipsBandFormat.UInt8));
        }

        public VipsImage View(GLibMemory inks, int width, int height)
        {
            _held.Push(inks);
            return Hold(VipsImage.View(inks.Pointer, inks.Length, width, height, 4, VipsBandFormat.UInt8));
        }

        public void Dispose()
        {
            while (_held.TryPop(out var held))
            {
                held.Dispose();
            }
        }

        private VipsImage Hold(VipsImage image)
        {
            _held.Push(image);
            return image;
        }
    }
}
