using Veil.Errors;
using Veil.Pipeline;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>
/// One way of finding regions, and how what it finds is covered at present. A frame keeps the finding that resolved it, and is covered as that one says
/// when it is put out: one treatment's regions never meet a cover that does not know them. Thread-safe, but that <see cref="TakeProvider"/> is for one thread.
/// </summary>
/// <param name="treatment">The first that it serves.</param>
internal sealed class LiveFinding(LiveTreatment treatment) : IDisposable
{
    private static readonly MediaItem Item = new("live", "live", MediaItemOrigin.Named);

    /// <summary>What a detector is tried on before the first frame: the first run of a network takes many times longer than others.</summary>
    private static readonly PlanarGeometry Trial = new(PlanarLayout.For("yuv420p")!, 1280, 720, YuvMatrix.Of(null, null, 720));

    private volatile LiveCover _cover = LiveCover.Of(treatment);
    private IRegionProvider? _ready;

    /// <summary>How frames that are put out from now on are covered, if this found their regions.</summary>
    public LiveCover Cover
    {
        get => _cover;
        set => _cover = value;
    }

    /// <summary>Whether it finds for a treatment what that one would find by itself.</summary>
    public bool Serves(LiveTreatment other) => treatment.Finding is { } name && name == other.Finding;

    /// <summary>Makes what searches and tries it, so that no frame waits for that.</summary>
    /// <exception cref="Exception">Of any kind: it cannot be made, or fails.</exception>
    public void Prepare(CancellationToken cancellationToken)
    {
        var provider = treatment.CreateProvider();
        try
        {
            var pool = new FramePool(Trial);
            using var frame = new PlanarFrame(pool, pool.Rent(), 0, 0, TimeSpan.Zero);
            provider.Find(Item, frame, cancellationToken);
        }
        catch
        {
            provider.Dispose();
            throw;
        }

        Interlocked.Exchange(ref _ready, provider)?.Dispose();
    }

    /// <summary>What searches, the caller's from now on: what was prepared, else a new one.</summary>
    /// <exception cref="VeilException">It cannot be made.</exception>
    public IRegionProvider TakeProvider() => Interlocked.Exchange(ref _ready, null) ?? treatment.CreateProvider();

    /// <summary>Forgets what was prepared and never taken.</summary>
    public void Dispose() => Interlocked.Exchange(ref _ready, null)?.Dispose();
}
