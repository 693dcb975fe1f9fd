namespace Veil.Imaging;

/// <summary>The file formats of still pictures and animations.</summary>
public enum PictureFormat
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP, still or animated, lossy or lossless.</summary>
    WebP,

    /// <summary>TIFF, one or more pages.</summary>
    Tiff,

    /// <summary>GIF, still or animated.</summary>
    Gif,

    /// <summary>AVIF: AV1 in an ISO media file.</summary>
    Avif,

    /// <summary>HEIF with another codec than AV1. Read where the native library has that codec; never written.</summary>
    Heif,

    /// <summary>Windows bitmap, uncompressed.</summary>
    Bmp,
}
