using System.Runtime.CompilerServices;

namespace Veil.Imaging;

/// <summary>How one pixel is stored. Channels are interleaved; 16-bit channels are native-endian.</summary>
public enum PixelFormat
{
    /// <summary>One 8-bit luminance channel.</summary>
    Gray8,

    /// <summary>Red, green, blue, 8 bits each. The canonical format: detectors and methods see this one.</summary>
    Rgb24,

    /// <summary>Red, green, blue and straight (not premultiplied) alpha, 8 bits each.</summary>
    Rgba32,

    /// <summary>One 16-bit luminance channel.</summary>
    Gray16,

    /// <summary>Red, green, blue, 16 bits each.</summary>
    Rgb48,

    /// <summary>Red, green, blue and straight alpha, 16 bits each.</summary>
    Rgba64,
}

/// <summary>Sizes derived from a <see cref="PixelFormat"/>.</summary>
public static class PixelFormats
{
    /// <summary>Channels per pixel, alpha included.</summary>
    public static int Channels(this PixelFormat format) => format switch
    {
        PixelFormat.Gray8 or PixelFormat.Gray16 => 1,
        PixelFormat.Rgb24 or PixelFormat.Rgb48 => 3,
        PixelFormat.Rgba32 or PixelFormat.Rgba64 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Expected a known pixel format."),
    };

    /// <summary>Bytes per channel: 1 or 2.</summary>
    public static int BytesPerChannel(this PixelFormat format) =>
        format is PixelFormat.Gray16 or PixelFormat.Rgb48 or PixelFormat.Rgba64 ? 2 : 1;

    /// <summary>Bytes per pixel.</summary>
    public static int BytesPerPixel(this PixelFormat format) => format.Channels() * format.BytesPerChannel();

    /// <summary>True for formats with an alpha channel (always the last one).</summary>
    public static bool HasAlpha(this PixelFormat format) => format is PixelFormat.Rgba32 or PixelFormat.Rgba64;

    /// <summary>Refuses pixels of another format than what follows can read.</summary>
    /// <param name="pixels">What came.</param>
    /// <param name="format">What is expected.</param>
    /// <param name="name">How the caller calls the pixels; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">They have another.</exception>
    public static void RequireFormat(this PixelBuffer pixels, PixelFormat format, [CallerArgumentExpression(nameof(pixels))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Format != format)
        {
            throw new ArgumentException($"Expected {format} pixels, but received {pixels.Format}.", name);
        }
    }
}
