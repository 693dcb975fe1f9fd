using System.Collections.Concurrent;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>Regions that came along with each item, so that one worker's processor, with all that it has loaded, serves one item after the other.</summary>
/// <param name="regions">By item, compared by reference.</param>
internal sealed class GivenRegions(ConcurrentDictionary<MediaItem, IRegionProvider> regions) : IRegionProvider
{
    /// <inheritdoc/>
    public bool LooksAtStills => false;

    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => Of(item).Find(item, frame, cancellationToken);

    /// <inheritdoc/>
    public void Complete(MediaItem item, int frames) => Of(item).Complete(item, frames);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private IRegionProvider Of(MediaItem item) => regions.GetValueOrDefault(item)
        ?? throw new VeilException(VeilErrorCode.InvalidRegions, $"There are no regions for '{item.Name}'.");
}
