using System.Collections.Concurrent;

namespace Veil.Studio.Projects;

/// <summary>Tells whoever looks that runs move. Thread-safe.</summary>
internal sealed class RunNews
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);

    /// <summary>Told with the project's id; on any thread.</summary>
    public event Action<string>? Progressed;

    /// <summary>Tells it at once.</summary>
    public void Tell(string project)
    {
        _told[project] = Environment.TickCount64;
        Progressed?.Invoke(project);
    }

    /// <summary>Tells it, unless it was told just now: for what moves all the time.</summary>
    public void TellSoon(string project)
    {
        if (Environment.TickCount64 - _told.GetValueOrDefault(project) >= Quiet.TotalMilliseconds)
        {
            Tell(project);
        }
    }
}
