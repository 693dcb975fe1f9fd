using System.Collections.Immutable;

namespace Veil.Imaging;

/// <summary>
/// All that is kept of a picture besides its pixels: how it was coded, so that it can be written alike, and the little
/// metadata that says nothing about anybody. Immutable.
/// </summary>
/// <param name="Format">File format.</param>
/// <param name="Width">Columns of the upright picture.</param>
/// <param name="Height">Rows of the upright picture.</param>
/// <param name="Frames">Frames or pages.</param>
/// <param name="Pixels">How the frames are stored.</param>
public sealed record PictureTraits(PictureFormat Format, int Width, int Height, int Frames, PixelFormat Pixels)
{
    /// <summary>Bits per channel in the file: 1..16.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>The embedded colour profile; empty when there is none. Of CMYK pictures, the CMYK profile.</summary>
    public ImmutableArray<byte> IccProfile { get; init; } = [];

    /// <summary>True when the file holds cyan, magenta, yellow and black; frames are RGB all the same.</summary>
    public bool IsCmyk { get; init; }

    /// <summary>How long each frame shows, milliseconds; empty for stills.</summary>
    public ImmutableArray<int> Delays { get; init; } = [];

    /// <summary>How often an animation plays; 0 is for ever.</summary>
    public int Loop { get; init; }

    /// <summary>Pixels per millimetre, horizontally and vertically.</summary>
    public (double X, double Y) Resolution { get; init; } = (1, 1);

    /// <summary>How a JPEG was coded; null for other formats.</summary>
    public JpegTraits? Jpeg { get; init; }

    /// <summary>How a WebP was coded; null for other formats.</summary>
    public WebPTraits? WebP { get; init; }

    /// <summary>How an AVIF was coded; null for other formats.</summary>
    public AvifTraits? Avif { get; init; }

    /// <summary>How a TIFF was compressed; null for other formats.</summary>
    public TiffCompression? Tiff { get; init; }

    /// <summary>True for PNG and GIF pictures stored interlaced; it is not kept, since it only makes them larger.</summary>
    public bool IsInterlaced { get; init; }

    /// <summary>True for pictures stored with a palette.</summary>
    public bool HasPalette { get; init; }
}
