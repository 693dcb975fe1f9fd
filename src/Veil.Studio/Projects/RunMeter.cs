namespace Veil.Studio.Projects;

/// <summary>How much of a run is done, and how fast it goes: in pictures and frames of films. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class RunMeter(TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<(long At, double Units)> _marks = new();
    private readonly Dictionary<string, (double Done, double Total)> _items = new(StringComparer.Ordinal);
    private double _made;

    /// <summary>Says what an item needs, in pictures or frames, and how much of it is done; as often as it is known better.</summary>
    public void Set(string item, double done, double total)
    {
        lock (_gate)
        {
            var before = _items.GetValueOrDefault(item);
            // What is gone through once more, e.g. made stronger, was done before.
            _items[item] = (Math.Min(Math.Max(before.Done, done), total), total);
            _made += Math.Max(0, Math.Min(done, total) - before.Done);
            Mark();
        }
    }

    /// <summary>Says that an item needs so much, and that some of it was done before: that says nothing about speed.</summary>
    public void Expect(string item, double done, double total)
    {
        lock (_gate)
        {
            _items[item] = (done, total);
        }
    }

    /// <summary>Forgets what items need: another run begins.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _items.Clear();
        }
    }

    /// <summary>Says that an item begins anew.</summary>
    public void PutBack(string item)
    {
        lock (_gate)
        {
            _items[item] = (0, _items.GetValueOrDefault(item).Total);
        }
    }

    /// <summary>Says that an item ended, however.</summary>
    public void End(string item)
    {
        lock (_gate)
        {
            var total = Math.Max(1, _items.GetValueOrDefault(item).Total);
            _made += Math.Max(0, total - _items.GetValueOrDefault(item).Done);
            _items[item] = (total, total);
            Mark();
        }
    }

    /// <summary>Forgets how fast it went: nothing was done for a while.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _marks.Clear();
            Mark();
        }
    }

    /// <summary>Share of all that is done, pictures or frames a second, and the time that the rest will take.</summary>
    public (double Share, double? Rate, TimeSpan? Left) Read()
    {
        lock (_gate)
        {
            var (done, total) = (_items.Values.Sum(item => item.Done), _items.Values.Sum(item => item.Total));
            var share = total > 0 ? done / total : 0;
            if (!_marks.TryPeek(out var first) || time.GetElapsedTime(first.At) is var span && span < Enough || _made <= first.Units)
            {
                return (share, null, null);
            }

            var rate = (_made - first.Units) / time.GetElapsedTime(first.At).TotalSeconds;
            return (share, rate, TimeSpan.FromSeconds(Math.Min((total - done) / rate, TimeSpan.FromDays(30).TotalSeconds)));
        }
    }

    private void Mark()
    {
        _marks.Enqueue((time.GetTimestamp(), _made));
        while (_marks.Count > 2 && time.GetElapsedTime(_marks.Peek().At) > Recent)
        {
            _marks.Dequeue();
        }
    }
}
