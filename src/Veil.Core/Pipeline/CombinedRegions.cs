using Veil.Imaging;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>
/// The regions of several providers, each asked once per frame and independent of the others: faces are the same whether or not
/// plates are looked for beside them. Owns the providers.
/// </summary>
/// <param name="providers">At least one, each for kinds of its own.</param>
public sealed class CombinedRegions(IReadOnlyList<IRegionProvider> providers) : IRegionProvider
{
    /// <inheritdoc/>
    public bool LooksAtStills => providers.All(provider => provider.LooksAtStills);

    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        var found = new List<Region>();
        foreach (var provider in providers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.AddRange(provider.Find(item, frame, cancellationToken));
        }

        return found;
    }

    /// <inheritdoc/>
    public void Complete(MediaItem item, int frames)
    {
        foreach (var provider in providers)
        {
            provider.Complete(item, frames);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var provider in providers)
        {
            provider.Dispose();
        }
    }
}
