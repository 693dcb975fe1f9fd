using System.Diagnostics;
using Veil.Evaluation.Runs;

namespace Veil.Cli.Measuring;

/// <summary>How long a resumable measurement will take here, found out by beginning it.</summary>
internal static class WorkForecast
{
    /// <summary>The first estimates are of loading more than of work: some are let pass, but nobody waits long.</summary>
    private const int SettledReports = 10;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Runs a measurement until its own estimate has settled, and stops it; what it finished by then stays measured.</summary>
    /// <param name="measure">A measurement that can be stopped and goes on later.</param>
    /// <param name="cancel">Stops for good.</param>
    /// <returns>What is left; zero when it got done.</returns>
    public static TimeSpan Of(Action<IProgress<WorkProgress>, CancellationToken> measure, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listener = new Listener(stop);
        try
        {
            measure(listener, stop.Token);
            return TimeSpan.Zero;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested && listener.Left is not null)
        {
            return listener.Left.Value;
        }
    }

    private sealed class Listener(CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private int _reports;

        public TimeSpan? Left { get; private set; }

        public void Report(WorkProgress value)
        {
            if (value.Left is not { } left || stop.IsCancellationRequested)
            {
                return;
            }

            var spent = Stopwatch.GetElapsedTime(_start);
            if (Interlocked.Increment(ref _reports) is var reports && (spent >= Longest || (spent >= Shortest && reports >= SettledReports)))
            {
                Left = left;
                stop.Cancel();
            }
        }
    }
}
