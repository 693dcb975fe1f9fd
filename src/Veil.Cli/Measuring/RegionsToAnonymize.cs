using Veil.Datasets.Finding;
using Veil.Evaluation.Coco;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>
/// The regions that a comparison anonymizes. People whose face or head no annotation tells are left as they are: covering them
/// whole, as a run for safety does, would measure something else. Not thread-safe.
/// </summary>
/// <param name="create">Makes the provider for one kind.</param>
internal sealed class RegionsToAnonymize(Func<RegionKind, IRegionProvider> create) : IDisposable
{
    private readonly Dictionary<RegionKind, IRegionProvider> _providers = [];

    /// <summary>The regions of a picture; see <see cref="CocoRegions"/>.</summary>
    public IReadOnlyList<Region> Find(CocoPicture picture, PixelBuffer image, RegionKind kind, CancellationToken cancellationToken)
    {
        if (!_providers.TryGetValue(kind, out var provider))
        {
            _providers[kind] = provider = create(kind);
        }

        using var frame = new Frame(image.Clone(), 0, TimeSpan.Zero);
        var found = provider.Find(new MediaItem(picture.File, picture.Name, MediaItemOrigin.Named), frame, cancellationToken);
        return [.. found.Where(region => region.Kind == kind && (kind == RegionKind.Body || region.Origin.Name != AnnotatedPeople.WholePerson))];
    }

    public void Dispose()
    {
        foreach (var provider in _providers.Values)
        {
            provider.Dispose();
        }
    }
}
