using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>A run that waits, works or rests. Thread-safe.</summary>
/// <param name="project">Its project.</param>
/// <param name="record">What is to be done.</param>
internal sealed class ProjectRun(string project, RunRecord record)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _current = new(StringComparer.Ordinal);
    private int _done;
    private int _total;
    private int _failed;

    /// <summary>Its project.</summary>
    public string Project => project;

    /// <summary>What is to be done.</summary>
    public RunRecord Record { get; set; } = record;

    /// <summary>Whether it works at this moment.</summary>
    public bool Working { get; set; }

    /// <summary>Ends what is under way.</summary>
    public CancellationTokenSource Cancel { get; } = new();

    /// <summary>How fast it is.</summary>
    public RunMeter Meter { get; } = new(TimeProvider.System);

    /// <summary>Says how many items there are, and how many of them ended before.</summary>
    public void Begin(int total, int done, int failed)
    {
        lock (_gate)
        {
            (_total, _done, _failed) = (total, done, failed);
        }
    }

    /// <summary>Says that an item is under way.</summary>
    public void Start(ProjectItem item)
    {
        lock (_gate)
        {
            _current[item.Id] = item.Name;
        }
    }

    /// <summary>Says how far a film is.</summary>
    public void Advance(ProjectItem item, ItemProgress now)
    {
        if (now.Total > 0)
        {
            Meter.Set(item.Id, now.Done, now.Total);
        }
    }

    /// <summary>Says that an item ended.</summary>
    public void End(ProjectItem item, ItemState state)
    {
        Meter.End(item.Id);
        lock (_gate)
        {
            _current.Remove(item.Id);
            _done++;
            _failed += state == ItemState.Failed ? 1 : 0;
        }
    }

    /// <summary>Says that an item was put back: it is not done.</summary>
    public void PutBack(ProjectItem item)
    {
        lock (_gate)
        {
            _current.Remove(item.Id);
        }
    }

    /// <summary>How far it is.</summary>
    public RunView View()
    {
        var (share, rate, left) = Meter.Read();
        lock (_gate)
        {
            var state = Working ? RunState.Running : Record.Paused ? RunState.Paused : RunState.Waiting;
            return new RunView(project, Record.Work, state, _done, _total)
            {
                Failed = _failed, Current = _current.Values.FirstOrDefault(), Share = share, Rate = state == RunState.Running ? rate : null, Left = state == RunState.Running ? left : null,
            };
        }
    }
}
