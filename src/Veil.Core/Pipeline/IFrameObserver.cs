using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>Sees each frame before and after anonymization, e.g. to draw an explaining sheet. Must not change pixels. One per worker.</summary>
public interface IFrameObserver : IDisposable
{
    /// <summary>Called for each frame before <see cref="Before"/>, with its regions as they were found: not grown, and also those that are too weak to be covered.</summary>
    void Found(MediaItem item, Frame frame, IReadOnlyList<Region> regions)
    {
    }

    /// <summary>Called when the regions are known and nothing is covered yet.</summary>
    void Before(MediaItem item, Frame frame, IReadOnlyList<CoveredRegion> covered);

    /// <summary>Called when every region is covered. Same thread as <see cref="Before"/> of the same frame, with no other frame between.</summary>
    void After(MediaItem item, Frame frame);
}
