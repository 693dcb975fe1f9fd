using Veil.Errors;
using Veil.Imaging.Native;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>Converts parts of a CMYK JPEG to what methods see, and back, as the whole picture would be. Pixels are packed.</summary>
internal static unsafe class InkConversion
{
    private const int Inks = 4;

    /// <summary>sRGB of inks.</summary>
    /// <param name="inks">Four bytes a pixel; 0 is no ink.</param>
    /// <param name="profile">CMYK profile; may be empty.</param>
    /// <param name="rgb">Rgb24; its size says how many pixels there are.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.CorruptInput"/>: the profile cannot be used.</exception>
    public static void ToRgb(ReadOnlySpan<byte> inks, byte[] profile, PixelBuffer rgb)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(inks.Length, rgb.Width * rgb.Height * Inks, nameof(inks));
        fixed (byte* first = inks)
        {
            var (address, length) = ((nint)first, inks.Length);
            using IDisposable converted = Guard(() => CmykColours.ToRgb((void*)address, length, rgb.Width, rgb.Height, profile), out var memory);
            memory.GetSpan().CopyTo(rgb.Span);
        }
    }

    /// <summary>Inks of sRGB.</summary>
    /// <param name="rgb">Rgb24.</param>
    /// <param name="profile">CMYK profile; may be empty.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.CorruptInput"/>: the profile cannot be used.</exception>
    public static byte[] FromRgb(PixelBuffer rgb, byte[] profile)
    {
        using IDisposable converted = Guard(() => CmykColours.FromRgb(rgb, profile), out var memory);
        return memory.GetSpan().ToArray();
    }

    private static GLibMemory Guard(Func<GLibMemory> convert, out GLibMemory memory)
    {
        try
        {
            return memory = VipsLibrary.Run(convert);
        }
        catch (VipsFailure failure)
        {
            throw new VeilException(VeilErrorCode.CorruptInput, "Expected a CMYK profile that can be used: " + failure.Message, "open and save it with the program that made it", failure);
        }
    }
}
