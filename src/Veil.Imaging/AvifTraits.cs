namespace Veil.Imaging;

/// <summary>How an AVIF was coded.</summary>
/// <param name="Quality">1..100 on libheif's scale, estimated from the quantiser; a high one where that cannot be read.</param>
/// <param name="Chroma">Resolution of the colour channels.</param>
public sealed record AvifTraits(int Quality, ChromaSubsampling Chroma);
