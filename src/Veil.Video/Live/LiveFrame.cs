using System.Diagnostics;
using Veil.Regions;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>
/// A frame between its arrival and its output. Two threads hold it: one looks for regions, one puts it out; its memory goes
/// back when both are done.
/// </summary>
internal sealed class LiveFrame(PlanarFrame frame)
{
    private int _holders = 2;

    /// <summary>The picture.</summary>
    public PlanarFrame Frame => frame;

    /// <summary>When it came, as <see cref="Stopwatch"/> counts.</summary>
    public long Arrival { get; } = Stopwatch.GetTimestamp();

    /// <summary>What is to be covered; null while that is not known. Guarded by the session's lock.</summary>
    public IReadOnlyList<Region>? Regions { get; set; }

    /// <summary>Says that one of the two is done with it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            frame.Dispose();
        }
    }
}
