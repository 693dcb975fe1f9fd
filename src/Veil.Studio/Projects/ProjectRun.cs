using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>
/// A run that waits, works or rests. It works while it is its turn and the user has not paused it; otherwise its workers rest where they are, in
/// the middle of a film if need be, and its turn is over when all of them do. Thread-safe.
/// </summary>
/// <param name="project">Its project.</param>
/// <param name="record">What is to be done.</param>
internal sealed class ProjectRun(string project, RunRecord record)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _current = new(StringComparer.Ordinal);
    private TaskCompletionSource? _turn;
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChangeWatch? _round;
    private bool _again;
    private int _workers;
    private int _resting;
    private int _done;
    private int _total;
    private int _failed;

    /// <summary>Its project.</summary>
    public string Project => project;

    /// <summary>What is to be done.</summary>
    public RunRecord Record { get; private set; } = record;

    /// <summary>Its work from begin to end; null before it began.</summary>
    public Task? Work { get; set; }

    /// <summary>Ends what is under way.</summary>
    public CancellationTokenSource Cancel { get; } = new();

    /// <summary>How fast it is.</summary>
    public RunMeter Meter { get; } = new(TimeProvider.System);

    private bool IsOpen => _turn is not null && !Record.Paused;

    /// <summary>Whether it was told to begin anew since the last round began.</summary>
    public bool IsToStartOver
    {
        get
        {
            lock (_gate)
            {
                return _again;
            }
        }
    }

    /// <summary>Takes over what is to be done, as it was written down.</summary>
    public void Take(RunRecord record)
    {
        TaskCompletionSource? over;
        lock (_gate)
        {
            Record = record;
            over = OpenOrClose();
        }

        over?.SetResult();
    }

    /// <summary>Says that it is its turn.</summary>
    /// <returns>Ends when its turn is over: it has ended, or rests because it was paused.</returns>
    public Task TakeTurn()
    {
        TaskCompletionSource? over;
        Task turn;
        lock (_gate)
        {
            _turn ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            turn = _turn.Task;
            Meter.Restart();
            over = OpenOrClose();
        }

        over?.SetResult();
        return turn;
    }

    /// <summary>Says that it has ended: so has its turn.</summary>
    public void EndTurn()
    {
        TaskCompletionSource? over;
        lock (_gate)
        {
            (over, _turn) = (_turn, null);
            OpenOrClose();
        }

        over?.SetResult();
    }

    /// <summary>Says that a round begins, before it looks at the project.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _again = false;
        }
    }

    /// <summary>Says that so many workers begin, each of which tells when it leaves.</summary>
    /// <param name="workers">How many.</param>
    /// <param name="round">Ends all of them when the run is to begin anew; null for none.</param>
    public void Enter(int workers, ChangeWatch? round)
    {
        lock (_gate)
        {
            (_workers, _round) = (workers, round);
            if (_again)
            {
                _round?.Cancel();
            }
        }
    }

    /// <summary>Says that a worker leaves.</summary>
    public void Leave()
    {
        TaskCompletionSource? over;
        lock (_gate)
        {
            _workers--;
            over = OpenOrClose();
        }

        over?.SetResult();
    }

    /// <summary>Begins anew with the project as it is now, once it is its turn; what was done and is still right stays.</summary>
    public void StartOver()
    {
        lock (_gate)
        {
            _again = true;
            _round?.Cancel();
        }
    }

    /// <summary>Waits while it is paused or others have their turn; a worker asks between frames and between items.</summary>
    /// <exception cref="OperationCanceledException">It is over.</exception>
    public void Rest(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource? over;
        lock (_gate)
        {
            if (IsOpen)
            {
                return;
            }

            _resting++;
            over = OpenOrClose();
        }

        over?.SetResult();
        var rests = true;
        try
        {
            while (rests)
            {
                Task opened;
                lock (_gate)
                {
                    // Counted out together with what it saw: a turn is never over while somebody goes on.
                    rests = !IsOpen;
                    _resting -= rests ? 0 : 1;
                    opened = _opened.Task;
                }

                if (rests)
                {
                    opened.Wait(cancellationToken);
                }
            }
        }
        finally
        {
            if (rests)
            {
                lock (_gate)
                {
                    _resting--;
                }
            }
        }
    }

    /// <summary>Says how much there is, and how much of it was done before.</summary>
    public void Expect(RunScope scope)
    {
        lock (_gate)
        {
            (_total, _done, _failed) = (scope.Items.Count, scope.Items.Count - scope.Left.Count, scope.Items.Count(item => item.State == ItemState.Failed));
        }

        var left = scope.Left.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        Meter.Forget();
        foreach (var item in scope.Items)
        {
            var units = scope.UnitsOf(item);
            Meter.Expect(item.Id, left.Contains(item.Id) ? 0 : units, units);
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
        Meter.PutBack(item.Id);
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
            var state = (_turn, Record.Paused) switch
            {
                (not null, false) => RunState.Running,
                (not null, true) => RunState.Pausing,
                (null, true) => RunState.Paused,
                (null, false) => RunState.Waiting,
            };
            return new RunView(project, Record.Work, state, _done, _total)
            {
                Failed = _failed, Current = _current.Values.FirstOrDefault(), Share = share, Rate = state == RunState.Running ? rate : null, Left = state == RunState.Running ? left : null,
            };
        }
    }

    /// <summary>Lets workers go, or makes them rest; under the lock.</summary>
    /// <returns>The turn that is over because everybody rests, to be told outside the lock.</returns>
    private TaskCompletionSource? OpenOrClose()
    {
        if (IsOpen)
        {
            _opened.TrySetResult();
            return null;
        }

        if (_opened.Task.IsCompleted)
        {
            _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (_turn is null || _workers == 0 || _resting < _workers)
        {
            return null;
        }

        var over = _turn;
        _turn = null;
        return over;
    }
}
