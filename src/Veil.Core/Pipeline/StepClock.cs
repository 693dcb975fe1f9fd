using System.Diagnostics;

namespace Veil.Pipeline;

/// <summary>
/// Sums wall-clock time by step, over all threads that work on an item, and knows in which step something failed first.
/// Thread-safe.
/// </summary>
internal sealed class StepClock
{
    private readonly Lock _gate = new();
    private readonly List<StepTime> _times = [];
    private string? _failed;

    /// <summary>The step that failed first; the last that was begun when none did.</summary>
    public string Failed
    {
        get
        {
            lock (_gate)
            {
                return _failed ?? (_times.Count > 0 ? _times[^1].Step : "open");
            }
        }
    }

    /// <summary>Steps with their time so far, in the order in which each was done first.</summary>
    public IReadOnlyList<StepTime> Times
    {
        get
        {
            lock (_gate)
            {
                return [.. _times];
            }
        }
    }

    /// <summary>Does a step.</summary>
    public void Measure(string step, Action action) => Measure<object?>(step, () =>
    {
        action();
        return null;
    });

    /// <summary>Does a step and returns what it returns.</summary>
    public T Measure<T>(string step, Func<T> action)
    {
        var (start, done) = (Stopwatch.GetTimestamp(), false);
        try
        {
            var result = action();
            done = true;
            return result;
        }
        finally
        {
            Note(step, Stopwatch.GetElapsedTime(start).TotalMilliseconds, done);
        }
    }

    private void Note(string step, double milliseconds, bool done)
    {
        lock (_gate)
        {
            _failed ??= done ? null : step;
            var known = _times.FindIndex(time => time.Step == step);
            if (known < 0)
            {
                _times.Add(new StepTime(step, milliseconds));
            }
            else
            {
                _times[known] = new StepTime(step, _times[known].Milliseconds + milliseconds);
            }
        }
    }
}
