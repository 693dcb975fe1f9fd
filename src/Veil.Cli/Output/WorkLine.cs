using System.Diagnostics;
using System.Globalization;
using Veil.Evaluation.Runs;

namespace Veil.Cli.Output;

/// <summary>
/// How far a long evaluation is: before it begins how long it will take; then, on a terminal, one line that rewrites itself, and
/// elsewhere a line every half minute.
/// </summary>
internal sealed class WorkLine : IProgress<WorkProgress>, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly bool _rewrites = !Console.IsErrorRedirected;
    private bool _isEstimated;
    private int _width;
    private long _said = Stopwatch.GetTimestamp();

    public void Report(WorkProgress value)
    {
        lock (_gate)
        {
            if (!_isEstimated && value.Left is { } left)
            {
                _isEstimated = true;
                Clear();
                Console.Error.WriteLine(value.Done > 0 ? $"{Duration(left)} left on this machine; going on with what was measured before." : $"This will take {Duration(left)} on this machine.");
            }

            var line = Line(value);
            if (_rewrites)
            {
                Console.Error.Write("\r" + line.PadRight(_width));
                _width = line.Length;
            }
            else if (Stopwatch.GetElapsedTime(_said) >= Every)
            {
                _said = Stopwatch.GetTimestamp();
                Console.Error.WriteLine(line);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Clear();
        }
    }

    private void Clear()
    {
        if (_width > 0)
        {
            Console.Error.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }

    private static string Line(WorkProgress value) => string.Create(
        CultureInfo.InvariantCulture, $"{100 * Math.Clamp(value.Done / value.Total, 0, 1):F0} % {value.Step}{(value.Left is { } left ? $", {Duration(left)} left" : "")}");

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"about {Math.Max(1, Math.Round(time.TotalSeconds)):F0} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"about {time.TotalMinutes:F0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"about {time.TotalHours:F1} hours"),
    };
}
