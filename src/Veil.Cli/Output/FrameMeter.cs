using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Veil.Pipeline;

namespace Veil.Cli.Output;

/// <summary>How fast the frames of films under way are getting done, in words. Thread-safe.</summary>
internal sealed class FrameMeter
{
    private readonly ConcurrentDictionary<string, State> _films = new(StringComparer.Ordinal);

    /// <summary>Takes note of a film's frames.</summary>
    /// <returns>The film's state in a line; null for stills.</returns>
    public string? Note(ItemProgress progress)
    {
        if (progress.Total == 1)
        {
            return null;
        }

        var film = _films.GetOrAdd(progress.Item.Name, static (_, now) => new State(now), Stopwatch.GetTimestamp());
        var seconds = Stopwatch.GetElapsedTime(film.Since).TotalSeconds;
        var rate = progress.Done / Math.Max(seconds, 0.001);
        var left = progress.Total > progress.Done && rate > 0 ? TimeSpan.FromSeconds((progress.Total - progress.Done) / rate) : (TimeSpan?)null;
        var of = progress.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {progress.Total:N0}") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{progress.Item.Name}: {progress.Done:N0}{of} frames, {rate:F1} fps{(left is { } eta ? $", {Words(eta)} left" : "")}");
    }

    /// <summary>True when a line about this film is due, once in a while.</summary>
    public bool IsDue(MediaItem item, TimeSpan every)
    {
        if (!_films.TryGetValue(item.Name, out var film))
        {
            return false;
        }

        var said = Volatile.Read(ref film.Said);
        return Stopwatch.GetElapsedTime(said) >= every && Interlocked.CompareExchange(ref film.Said, Stopwatch.GetTimestamp(), said) == said;
    }

    /// <summary>Forgets a film that is done.</summary>
    public void Forget(MediaItem item) => _films.TryRemove(item.Name, out _);

    private static string Words(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min")
        : time.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):F0} s");

    private sealed class State(long now)
    {
        public readonly long Since = now;
        public long Said = now;
    }
}
