namespace Veil.Imaging;

/// <summary>Resolution of a JPEG's colour channels.</summary>
public enum ChromaSubsampling
{
    /// <summary>4:4:4, or no colour at all.</summary>
    None,

    /// <summary>4:2:0: half the columns and half the rows.</summary>
    Quarter,

    /// <summary>4:2:2, 4:4:0, 4:1:1 or a rarer layout; written as 4:4:4, so that nothing is lost.</summary>
    Other,
}

/// <summary>How a JPEG was coded.</summary>
/// <param name="Quality">1..100 on the scale of the IJG library; no coarser than the file in any coefficient that it can match.</param>
/// <param name="Chroma">Resolution of the colour channels.</param>
/// <param name="IsProgressive">Coded in several scans.</param>
public sealed record JpegTraits(int Quality, ChromaSubsampling Chroma, bool IsProgressive);
