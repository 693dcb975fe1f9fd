using Veil.Imaging;
using Veil.Regions;

namespace Veil.Identity;

/// <summary>
/// Chooses by person in a film, where frames of one track speak for each other. A face is left clear in a frame only when,
/// among the frames of its track within reach on both sides,
/// <list type="bullet">
/// <item>at least <see cref="FewestSure"/> were judged as the rule asks,</item>
/// <item>none was judged the other way: whoever is hidden once is hidden in all of them, and</item>
/// <item>where the frame itself is undecided, one of the sure frames lies before it and one after.</item>
/// </list>
/// So a track that changes hands unnoticed, or somebody who turns away, is covered. Owns the frames in it; keeps twice the
/// reach of verdicts and the reach of frames. Not thread-safe.
/// </summary>
/// <param name="people">Judges faces.</param>
/// <param name="reach">How many frames on each side speak for one.</param>
internal sealed class FilmChooser(PersonChooser people, int reach) : IDisposable
{
    /// <summary>So many frames have to agree.</summary>
    public const int FewestSure = 3;

    private readonly List<(Frame? Frame, List<JudgedRegion> Regions)> _frames = [];
    private int _next;
    private bool _complete;

    /// <summary>Takes over a frame with its regions.</summary>
    /// <param name="frame">The next frame; the caller's still when this throws.</param>
    /// <param name="regions">Its regions, with tracks.</param>
    /// <param name="cancellationToken">Stops between faces.</param>
    public void Add(Frame frame, IReadOnlyList<Region> regions, CancellationToken cancellationToken) =>
        _frames.Add((frame, people.Judge(frame, regions, cancellationToken)));

    /// <summary>Says that no frame follows.</summary>
    public void Complete() => _complete = true;

    /// <summary>The oldest frame, owned by the caller, with what is left to hide in it; null when more frames are needed, or none is left.</summary>
    public (Frame Frame, PersonChoice Choice)? TryTake()
    {
        if (_next >= _frames.Count || (!_complete && _frames.Count - _next <= reach))
        {
            return null;
        }

        var (frame, regions) = _frames[_next];
        var choice = PersonChooser.Decide([.. regions.Select(region => Decide(_next, region))]);
        _frames[_next] = (null, regions);
        _next++;
        if (_next > reach)
        {
            _frames.RemoveAt(0);
            _next--;
        }

        return (frame!, choice);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (frame, _) in _frames)
        {
            frame?.Dispose();
        }

        _frames.Clear();
    }

    private JudgedRegion Decide(int at, JudgedRegion region)
    {
        if (region.Region.Track is not { } track)
        {
            return region;
        }

        var (sureBefore, sureAfter) = (0, 0);
        JudgedRegion? contrary = null;
        for (var i = Math.Max(0, at - reach); i <= Math.Min(_frames.Count - 1, at + reach); i++)
        {
            foreach (var other in _frames[i].Regions.Where(other => other.Region.Track == track))
            {
                contrary ??= other.IsContrary ? other : null;
                sureBefore += other.Clear && i <= at ? 1 : 0;
                sureAfter += other.Clear && i >= at ? 1 : 0;
            }
        }

        if (contrary is { } hidden)
        {
            return region with { Region = region.Region with { Person = hidden.Region.Person }, Clear = false };
        }

        var sure = sureBefore + sureAfter - (region.Clear ? 1 : 0);
        return region with { Clear = sure >= FewestSure && sureBefore > 0 && sureAfter > 0 };
    }
}
