using System.Collections.Concurrent;
using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>Covers the next frame of a film. Not thread-safe.</summary>
/// <param name="frame">Changed in place.</param>
/// <param name="regions">As found.</param>
/// <param name="cancellationToken">Stops between regions.</param>
internal delegate void FilmCover(PixelBuffer frame, IReadOnlyList<Region> regions, CancellationToken cancellationToken);

/// <summary>What methods remember from frame to frame of a film.</summary>
internal enum FilmMemory
{
    /// <summary>Each frame stands for itself.</summary>
    Nothing,

    /// <summary>How a track looked in its first frame.</summary>
    FirstFrames,

    /// <summary>That, and a little of what was in the frames just before.</summary>
    LastFrames,
}

/// <summary>Covers regions that are known, in files and in memory; what it loads stays loaded. Thread-safe.</summary>
internal sealed class KnownRegionsRun : IDisposable
{
    private readonly ConcurrentDictionary<MediaItem, IRegionProvider> _given = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentBag<IRegionProvider> _providers = [];
    private readonly Preparation _known;
    private readonly IAnonymizer _method;
    private readonly ProcessorPool _pool;

    /// <summary>For regions of every kind.</summary>
    /// <exception cref="Errors.VeilException">A method cannot work here.</exception>
    public KnownRegionsRun(Preparation prepared)
    {
        _known = prepared.ForKnown(RegionKinds.All, () => new GivenRegions(_given), FacePointState.Unknown);
        _method = _known.Methods.Create();
        var media = _known.Recipe.CreateMedia();
        _pool = new ProcessorPool(beat => _known.Recipe.CreateProcessor(media, _known.Finder, _method, checking: null, beat));
    }

    /// <summary>Covers the regions of a file.</summary>
    public ItemResult Apply(MediaItem item, RegionTimeline regions, string target, IProgress<ItemProgress>? progress, CancellationToken cancellationToken)
    {
        _given[item] = new StoredRegions(new RegionsDocument([regions with { File = item.Name }]));
        try
        {
            return _pool.Process(item, target, progress, cancellationToken);
        }
        finally
        {
            _given.TryRemove(item, out _);
        }
    }

    /// <summary>Covers the regions of a picture.</summary>
    /// <param name="picture">Changed in place.</param>
    /// <param name="regions">As found.</param>
    /// <param name="cancellationToken">Stops between regions.</param>
    public void Cover(PixelBuffer picture, IReadOnlyList<Region> regions, CancellationToken cancellationToken) => Cover(picture, regions, _method, cancellationToken);

    /// <summary>What its methods remember from frame to frame of a film.</summary>
    public FilmMemory Memory => ReferenceEquals(_method.ForFilm(), _method) ? FilmMemory.Nothing
        : _known.Methods.Kinds.Any(kind => _known.Methods.Find(kind)?.Options is SyntheticOptions) ? FilmMemory.LastFrames
        : FilmMemory.FirstFrames;

    /// <summary>Begins a film: frames covered by what it returns are covered as those of one film, in order.</summary>
    public FilmCover Begin()
    {
        var method = _method.ForFilm();
        return (frame, regions, cancellationToken) => Cover(frame, regions, method, cancellationToken);
    }

    private void Cover(PixelBuffer picture, IReadOnlyList<Region> regions, IAnonymizer method, CancellationToken cancellationToken)
    {
        using var frame = new Frame(picture.View(picture.Bounds), 0, TimeSpan.Zero);
        var item = new MediaItem("", "picture", MediaItemOrigin.Named);
        var provider = _providers.TryTake(out var idle) ? idle : _known.Finder.CreateProvider();
        _given[item] = new StoredRegions(new RegionsDocument([new RegionTimeline(item.Name, frame.Width, frame.Height, [new FrameRegions(0, TimeSpan.Zero, regions)])]));
        try
        {
            var complete = provider.Find(item, frame, cancellationToken);
            FrameCover.Apply(frame, [.. complete.Select(region => _known.Recipe.Policies.Cover(region, frame.Width, frame.Height)).OfType<CoveredRegion>()], method);
        }
        finally
        {
            _given.TryRemove(item, out _);
            _providers.Add(provider);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pool.Dispose();
        while (_providers.TryTake(out var provider))
        {
            provider.Dispose();
        }
    }
}
