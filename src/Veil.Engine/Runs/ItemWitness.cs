using System.Collections.Concurrent;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>Hands each item's frames on to whoever asked to see that very item. One per worker.</summary>
/// <param name="witnesses">By item, compared by reference; owned by who put them there.</param>
internal sealed class ItemWitness(ConcurrentDictionary<MediaItem, IFrameObserver> witnesses) : IFrameObserver
{
    public void Found(MediaItem item, Frame frame, IReadOnlyList<Region> regions) => witnesses.GetValueOrDefault(item)?.Found(item, frame, regions);

    public void Before(MediaItem item, Frame frame, IReadOnlyList<CoveredRegion> covered) => witnesses.GetValueOrDefault(item)?.Before(item, frame, covered);

    public void After(MediaItem item, Frame frame) => witnesses.GetValueOrDefault(item)?.After(item, frame);

    public void Dispose()
    {
    }
}
