using System.Globalization;

namespace Veil.Evaluation.Runs;

/// <summary>Durations in words, as exact as an estimate deserves.</summary>
public static class DurationText
{
    /// <summary>E.g. <c>less than a minute</c>, <c>about 25 minutes</c>, <c>about 3 hours</c>, <c>about 2 days</c>; to be followed by what it is of.</summary>
    /// <param name="time">Not negative.</param>
    public static string About(TimeSpan time) => time.TotalSeconds switch
    {
        < 50 => "less than a minute",
        < 90 => "about a minute",
        < 90 * 60 => Words(time.TotalMinutes, "minutes"),
        < 36 * 3600 => Words(time.TotalHours, "hours"),
        _ => Words(time.TotalDays, "days"),
    };

    /// <summary>What was timed, e.g. <c>8.4 s</c>, <c>12 min 05 s</c>, <c>3 h 07 min</c>.</summary>
    /// <param name="time">Not negative.</param>
    public static string Exact(TimeSpan time) => time.TotalSeconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min"),
    };

    private static string Words(double amount, string unit) => string.Create(CultureInfo.InvariantCulture, $"about {Math.Max(2, Math.Round(amount)):F0} {unit}");
}
