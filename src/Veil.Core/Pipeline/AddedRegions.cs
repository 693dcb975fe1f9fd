using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>What one provider finds and, beside it, what another finds elsewhere. Owns both.</summary>
/// <param name="regions">All of its regions count.</param>
/// <param name="more">Of its regions, those that overlap none of the first's.</param>
public sealed class AddedRegions(IRegionProvider regions, IRegionProvider more) : IRegionProvider
{
    private const float SameFrom = 0.4f;

    /// <inheritdoc/>
    public bool LooksAtStills => regions.LooksAtStills;

    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        var found = regions.Find(item, frame, cancellationToken);
        return [.. found, .. more.Find(item, frame, cancellationToken).Where(one => found.All(known => known.Kind != one.Kind || known.Box.IoU(one.Box) < SameFrom))];
    }

    /// <inheritdoc/>
    public void Complete(MediaItem item, int frames)
    {
        regions.Complete(item, frames);
        more.Complete(item, frames);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        regions.Dispose();
        more.Dispose();
    }
}
