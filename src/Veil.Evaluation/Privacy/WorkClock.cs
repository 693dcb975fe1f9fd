using System.Diagnostics;
using Veil.Evaluation.Runs;

namespace Veil.Evaluation.Privacy;

/// <summary>Keeps account of the work of a measurement. Thread-safe after the plan is made.</summary>
/// <param name="progress">Told now and then; null for nobody.</param>
internal sealed class WorkClock(IProgress<WorkProgress>? progress)
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private double _total;
    private double _done;
    private double _now;
    private TimeSpan? _told;
    private string _step = "";

    public void Plan(double work, bool isDone)
    {
        _total += work;
        _done += isDone ? work : 0;
    }

    public void Begin(string step)
    {
        lock (_gate)
        {
            _step = step;
            Tell();
        }
    }

    public void Advance(double work)
    {
        lock (_gate)
        {
            (_done, _now) = (_done + work, _now + work);
            if (_told is not { } told || _watch.Elapsed - told >= Often)
            {
                Tell();
            }
        }
    }

    /// <summary>Work that turns out not to be done.</summary>
    public void Skip(double work)
    {
        lock (_gate)
        {
            _total -= work;
        }
    }

    private void Tell()
    {
        _told = _watch.Elapsed;
        TimeSpan? left = _now > 0 ? _watch.Elapsed * (Math.Max(0, _total - _done) / _now) : null;
        progress?.Report(new WorkProgress(_step, Math.Min(_done, _total), Math.Max(_total, 1), left));
    }
}
