using Veil.Errors;
using Veil.Imaging.Jpeg.Coefficients;
using Veil.Imaging.Native;

namespace Veil.Imaging;

/// <summary>The native library behind pictures, for diagnosis.</summary>
public static class PictureLibrary
{
    /// <summary>Loads libvips when that has not happened yet, and returns its version, e.g. <c>8.18.7</c>.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it is missing, too old or does not start.</exception>
    public static string Version => VipsLibrary.Version;

    /// <summary>Why JPEG blocks beside regions cannot be kept here, e.g. since Veil's own native library is not built; empty when they can.</summary>
    public static string WhyNoJpegBlocks => CoefficientLibrary.WhyNot;
}
