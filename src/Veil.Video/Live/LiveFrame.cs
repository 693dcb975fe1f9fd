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
/// <param name="timing">When it is due.</param>
internal sealed class LiveFrame(PlanarFrame frame, TimeSpan arrival, int connection, LiveTiming timing)
{
    private LiveFound? _found;
    private int _decided;
    private int _holders = 2;

    /// <summary>The picture.</summary>
    public PlanarFrame Frame => frame;

    /// <summary>When it came, from the start of the session.</summary>
    public TimeSpan Arrival => arrival;

    /// <summary>How often the source had been opened before: frames of two connections have nothing in common.</summary>
    public int Connection => connection;

    /// <summary>When it is due: the session's at its arrival, whatever that has become since.</summary>
    public LiveTiming Timing => timing;

    /// <summary>True once it is too late to resolve it.</summary>
    public bool IsDecided => Volatile.Read(ref _decided) != 0;

    /// <summary>What is to be covered, as far as it is known by now; null while it is not.</summary>
    public LiveFound? Known => Volatile.Read(ref _found);

    /// <summary>Says what is to be covered. Whoever says it does not read the picture any more.</summary>
    public void Resolve(LiveFound found) => Volatile.Write(ref _found, found);

    /// <summary>What is to be covered; null while that is not known, which from now on stays so.</summary>
    public LiveFound? Decide()
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

/// <summary>What is to be covered in a frame.</summary>
/// <param name="Regions">Where.</param>
/// <param name="By">What found it, which knows how it is covered.</param>
internal sealed record LiveFound(IReadOnlyList<Region> Regions, LiveFinding By);
