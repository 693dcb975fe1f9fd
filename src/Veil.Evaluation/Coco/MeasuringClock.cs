using Veil.Evaluation.Runs;

namespace Veil.Evaluation.Coco;

/// <summary>
/// How far an experiment is, and how long the rest will take: a row's pictures as long as those of it that were timed so far.
/// Steps are tenths of the pictures. Not thread-safe.
/// </summary>
/// <param name="rows">Rows, each of them once for every picture.</param>
/// <param name="pictures">Pictures.</param>
internal sealed class MeasuringClock(int rows, int pictures)
{
    private readonly Dictionary<string, (int Timed, TimeSpan Spent)> _timed = new(StringComparer.Ordinal);
    private int _pictures;
    private int _inPicture;

    /// <summary>A row of the current picture is done.</summary>
    /// <param name="row">Which one.</param>
    /// <param name="spent">How long it took; null where an earlier start did it.</param>
    public WorkProgress Done(string row, TimeSpan? spent)
    {
        _inPicture++;
        if (spent is { } time)
        {
            var known = _timed.GetValueOrDefault(row);
            _timed[row] = (known.Timed + 1, known.Spent + time);
        }

        var done = Math.Min((_pictures * rows) + _inPicture, rows * pictures);
        var tenth = 10 * _pictures / pictures;
        var (first, last) = ((((tenth * pictures) + 9) / 10) + 1, (((tenth + 1) * pictures) + 9) / 10);
        var step = first < last ? $"pictures {first}–{last} of {pictures}" : $"picture {last} of {pictures}";
        var each = _timed.Count == 0 ? (TimeSpan?)null : _timed.Values.Aggregate(TimeSpan.Zero, (sum, one) => sum + (one.Spent / one.Timed)) / _timed.Count;
        return new WorkProgress(step, done, rows * pictures, each * ((rows * pictures) - done));
    }

    /// <summary>The current picture is done, or left out.</summary>
    public void NextPicture() => (_pictures, _inPicture) = (_pictures + 1, 0);
}
