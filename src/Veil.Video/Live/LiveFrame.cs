using Veil.Regions;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>
/// A frame between its arrival and its output. Two threads hold it: one looks for regions and reads it, one puts it out and
/// changes it, after the first has resolved it. Its memory goes back when both are done. Thread-safe.
/// </summary>
/// <param name="frame">The picture.</param>
/// <param name="arrival">When it came, from the start of the session.</param>
/// <param name="connection">How often the source had been opened before.</param>
internal sealed class LiveFrame(PlanarFrame frame, TimeSpan arrival, int connection)
{
    private IReadOnlyList<Region>? _regions;
    private int _decided;
    private int _holders = 2;

    /// <summary>The picture.</summary>
    public PlanarFrame Frame => frame;

    /// <summary>When it came, from the start of the session.</summary>
    public TimeSpan Arrival => arrival;

    /// <summary>How often the source had been opened before: frames of two connections have nothing in common.</summary>
    public int Connection => connection;

    /// <summary>True once it is too late to resolve it.</summary>
    public bool IsDecided => Volatile.Read(ref _decided) != 0;

    /// <summary>What is to be covered, as far as it is known by now; null while it is not.</summary>
    public IReadOnlyList<Region>? Known => Volatile.Read(ref _regions);

    /// <summary>Says what is to be covered. Whoever says it does not read the picture any more.</summary>
    public void Resolve(IReadOnlyList<Region> regions) => Volatile.Write(ref _regions, regions);

    /// <summary>What is to be covered; null while that is not known, which from now on stays so.</summary>
    public IReadOnlyList<Region>? Decide()
    {
        Volatile.Write(ref _decided, 1);
        return Known;
    }

    /// <summary>Says that one of the two is done with it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            frame.Dispose();
        }
    }
}
