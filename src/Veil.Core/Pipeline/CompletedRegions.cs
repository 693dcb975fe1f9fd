using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>
/// Tells more about some of the regions that another provider gives, from the pixels around each; the others pass through.
/// Owns the provider.
/// </summary>
/// <param name="regions">Says where regions are.</param>
public abstract class CompletedRegions(IRegionProvider regions) : IRegionProvider
{
    /// <inheritdoc/>
    public bool LooksAtStills => regions.LooksAtStills;

    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var found = regions.Find(item, frame, cancellationToken);
        var result = new List<Region>(found.Count);
        foreach (var region in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            result.Add(Lacks(region) && Shows(frame, region.Box) ? Complete(frame, region) : region);
        }

        return result;
    }

    /// <inheritdoc/>
    public void Complete(MediaItem item, int frames) => regions.Complete(item, frames);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether there is more to tell about a region.</summary>
    protected abstract bool Lacks(Region region);

    /// <summary>The region with what can be told about it; as it is where nothing can.</summary>
    protected abstract Region Complete(Frame frame, Region region);

    /// <summary>Frees the provider; derived classes what they have loaded.</summary>
    /// <param name="disposing">True.</param>
    protected virtual void Dispose(bool disposing) => regions.Dispose();

    /// <summary>What lies outside the picture has no pixels, and of what is many times as large the picture holds a fraction.</summary>
    private static bool Shows(Frame frame, Box box) =>
        !box.Intersect(new Box(0, 0, frame.Width, frame.Height)).IsEmpty && box.LongSide <= 4f * Math.Max(frame.Width, frame.Height);
}
