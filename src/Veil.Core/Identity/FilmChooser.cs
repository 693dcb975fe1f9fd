using Veil.Imaging;
using Veil.Regions;

namespace Veil.Identity;

/// <summary>
/// Chooses by person among the frames of a film as they come, see <see cref="FilmVerdicts"/>. Owns the frames in it; keeps twice the
/// reach of verdicts and the reach of frames. Not thread-safe.
/// </summary>
/// <param name="people">Judges faces.</param>
/// <param name="reach">How many frames on each side speak for one.</param>
internal sealed class FilmChooser(PersonChooser people, int reach) : IDisposable
{
    private readonly FilmVerdicts _verdicts = new(people);
    private readonly Queue<Frame> _frames = [];
    private int _next;
    private bool _complete;

    /// <summary>Takes over a frame with its regions.</summary>
    /// <param name="frame">The next frame; the caller's still when this throws.</param>
    /// <param name="regions">Its regions, with tracks.</param>
    /// <param name="cancellationToken">Stops between faces.</param>
    public void Add(Frame frame, IReadOnlyList<Region> regions, CancellationToken cancellationToken)
    {
        _verdicts.Add(people.Read(frame, regions, cancellationToken));
        _frames.Enqueue(frame);
    }

    /// <summary>Says that no frame follows.</summary>
    public void Complete() => _complete = true;

    /// <summary>The oldest frame, owned by the caller, with what is left to hide in it; null when more frames are needed, or none is left.</summary>
    public (Frame Frame, PersonChoice Choice)? TryTake()
    {
        if (_next >= _verdicts.Count || (!_complete && _verdicts.Count - _next <= reach))
        {
            return null;
        }

        var choice = _verdicts.Decide(_next, reach);
        _next++;
        if (_next > reach)
        {
            _verdicts.RemoveFirst();
            _next--;
        }

        return (_frames.Dequeue(), choice);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_frames.TryDequeue(out var frame))
        {
            frame.Dispose();
        }
    }
}
