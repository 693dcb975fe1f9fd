using Veil.Regions;

namespace Veil.Imaging;

/// <summary>
/// One picture of a still or moving image on its way through the pipeline. One owner at a time: whoever holds it disposes
/// it or hands it on. Pixels are upright (orientation applied).
/// </summary>
/// <param name="pixels">The pixels; owned by the frame.</param>
/// <param name="index">0 for the first.</param>
/// <param name="timestamp">Presentation time from the start; zero for stills.</param>
public sealed class Frame(PixelBuffer pixels, int index, TimeSpan timestamp) : IDisposable
{
    private readonly List<RegionMask> _covered = [];

    /// <summary>The pixels; changed in place by the anonymizer.</summary>
    public PixelBuffer Pixels { get; } = pixels;

    /// <summary>0 for the first.</summary>
    public int Index { get; } = index;

    /// <summary>Presentation time from the start; zero for stills.</summary>
    public TimeSpan Timestamp { get; } = timestamp;

    /// <summary>Which pixels were anonymized so far. A sink that writes another representation (CMYK) replaces exactly these.</summary>
    public IReadOnlyList<RegionMask> Covered => _covered;

    /// <summary>Notes that the pixels under a mask were anonymized.</summary>
    public void MarkCovered(RegionMask mask) => _covered.Add(mask);

    /// <inheritdoc/>
    public void Dispose() => Pixels.Dispose();
}
