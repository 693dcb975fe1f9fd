namespace Veil.Anonymization.Synthesis.Film;

/// <summary>
/// What a film's method keeps of each track. A track that was not seen for a while is forgotten, so that memory depends on how many
/// people are seen at once, not on the film's length. Cuts end tracks: the same number never stands for somebody after one.
/// Not thread-safe.
/// </summary>
/// <typeparam name="T">What is kept; owns no memory outside the garbage-collected heap.</typeparam>
/// <param name="begin">Makes what is kept of a track that is seen for the first time.</param>
internal sealed class TrackMemory<T>(Func<int, T> begin)
    where T : class
{
    /// <summary>Frames after which a track that was not seen is forgotten: twice as long as tracks are held by default.</summary>
    public const int Patience = 100;

    /// <summary>Of so many tracks something is kept at most; the one that was not seen for the longest time goes first.</summary>
    public const int Most = 4096;

    private readonly Dictionary<int, (T Kept, long Seen)> _tracks = [];
    private long _frame;

    /// <summary>Of how many tracks something is kept.</summary>
    public int Count => _tracks.Count;

    /// <summary>Begins a frame; frames in which nobody is seen need not be told of.</summary>
    public void Next()
    {
        _frame++;
        foreach (var (track, kept) in _tracks)
        {
            if (_frame - kept.Seen > Patience)
            {
                _tracks.Remove(track);
            }
        }
    }

    /// <summary>What is kept of a track in the frame that has begun.</summary>
    public T Of(int track)
    {
        var kept = _tracks.TryGetValue(track, out var known) ? known.Kept : Begin(track);
        _tracks[track] = (kept, _frame);
        return kept;
    }

    private T Begin(int track)
    {
        if (_tracks.Count >= Most)
        {
            _tracks.Remove(_tracks.MinBy(one => (one.Value.Seen, one.Key)).Key);
        }

        return begin(track);
    }
}
