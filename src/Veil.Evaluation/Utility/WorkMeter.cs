using Veil.Evaluation.Runs;

namespace Veil.Evaluation.Utility;

/// <summary>Knows how much work of each kind is left, times it, and so knows how long everything will take. Thread-safe.</summary>
/// <param name="progress">Told; null for nobody.</param>
internal sealed class WorkMeter(IProgress<WorkProgress>? progress)
{
    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private double _done;

    /// <summary>Work of a kind that is to be done.</summary>
    /// <param name="kind">Units of it take about equally long.</param>
    /// <param name="units">How much is left.</param>
    /// <param name="milliseconds">What one unit is thought to take until some are timed.</param>
    public void Expect(string kind, double units, double milliseconds)
    {
        lock (_gate)
        {
            _kinds[kind] = new Kind(milliseconds) { Left = units };
        }
    }

    /// <summary>Corrects how much is left.</summary>
    public void Correct(string kind, double units)
    {
        lock (_gate)
        {
            _kinds[kind].Left = units;
        }
    }

    /// <summary>Work that an earlier start did.</summary>
    public void Credit(double milliseconds)
    {
        lock (_gate)
        {
            _done += milliseconds;
        }
    }

    /// <summary>Work that was done now.</summary>
    /// <param name="kind">Of it.</param>
    /// <param name="units">How much.</param>
    /// <param name="elapsed">How long it took; its share of that, where others were worked on at the same time.</param>
    public void Did(string kind, double units, TimeSpan elapsed)
    {
        lock (_gate)
        {
            var work = _kinds[kind];
            work.Left = Math.Max(0, work.Left - units);
            work.Units += units;
            work.Spent += elapsed.TotalMilliseconds;
            _done += elapsed.TotalMilliseconds;
        }
    }

    /// <summary>Tells how far everything is.</summary>
    /// <param name="step">What it is at.</param>
    public void Show(string step)
    {
        lock (_gate)
        {
            var left = _kinds.Values.Sum(kind => kind.Left * kind.Each);
            progress?.Report(new WorkProgress(step, _done, Math.Max(_done + left, 1), TimeSpan.FromMilliseconds(left)));
        }
    }

    private sealed class Kind(double guess)
    {
        public double Left { get; set; }

        public double Units { get; set; }

        public double Spent { get; set; }

        public double Each => Units > 0 ? Spent / Units : guess;
    }
}
