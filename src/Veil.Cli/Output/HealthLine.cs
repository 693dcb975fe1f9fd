using System.Globalization;
using Veil.Video.Live;

namespace Veil.Cli.Output;

/// <summary>How a live session goes, in one line.</summary>
internal static class HealthLine
{
    /// <summary>The line, with advice when many frames are covered whole for want of time.</summary>
    /// <param name="health">What happened.</param>
    /// <param name="latency">What was asked for.</param>
    public static string Of(LiveHealth health, TimeSpan latency)
    {
        var seconds = Math.Max(0.001, health.Elapsed.TotalSeconds);
        List<string> parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"{health.Arrived / seconds:F1} frames/s in, {(health.Shown + health.CoveredWhole) / seconds:F1} out"),
            string.Create(CultureInfo.InvariantCulture, $"{Plural.Of(health.Regions, "region")}, {health.CoveredWhole} covered whole, {health.Dropped} dropped"),
            string.Create(CultureInfo.InvariantCulture, $"latency {health.MedianLatency.TotalMilliseconds:F0} ms, 99 % within {health.LongestLatency.TotalMilliseconds:F0} ms"),
        ];
        if (health.Reconnects > 0)
        {
            parts.Add($"opened again {Plural.Of(health.Reconnects, "time")}");
        }

        if (health.LastFailure is { } failure)
        {
            parts.Add($"{Plural.Of(health.Failures, "failure")}, the last: {failure}");
        }

        // A search has to end twice within the time that a frame waits.
        if (10 * health.CoveredWhole > health.Shown && health.LongestSearch > 0.4 * latency)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"detection takes up to {health.LongestSearch.TotalMilliseconds:F0} ms: raise --latency to {Math.Ceiling(health.LongestSearch.TotalSeconds * 30) * 100:F0}, or lower --longest-side"));
        }

        return string.Join("; ", parts);
    }
}
