using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Core.Tests.Pipeline;

/// <summary>Finds the same region in every frame.</summary>
internal sealed class OneRegion(Region region) : IRegionProvider
{
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => [region];

    public void Dispose()
    {
    }
}
