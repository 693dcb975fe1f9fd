namespace Veil.Imaging;

/// <summary>Compression of a TIFF; the ones that Veil does not write stand for the nearest it does.</summary>
public enum TiffCompression
{
    /// <summary>None.</summary>
    None,

    /// <summary>Deflate (ZIP); also written for fax and other rare codecs.</summary>
    Deflate,

    /// <summary>LZW.</summary>
    Lzw,

    /// <summary>PackBits run lengths.</summary>
    PackBits,

    /// <summary>JPEG tiles or strips; written as Deflate, so that nothing is lost twice.</summary>
    Jpeg,
}
