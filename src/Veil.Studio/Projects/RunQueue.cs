namespace Veil.Studio.Projects;

/// <summary>The runs that wait, work or rest, at most one of a project, and whose turn it is. Each is written down in its project. Thread-safe.</summary>
/// <param name="projects">Where they are written down.</param>
internal sealed class RunQueue(IProjects projects) : IDisposable
{
    private const string Part = "run";

    private readonly Lock _gate = new();
    private readonly List<ProjectRun> _runs = [];
    private readonly SemaphoreSlim _changed = new(0);

    /// <summary>Everything that runs or waits, in order.</summary>
    public IReadOnlyList<RunView> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _runs.Select(run => run.View())];
            }
        }
    }

    /// <summary>The work of those that have begun.</summary>
    public IReadOnlyList<Task> Begun
    {
        get
        {
            lock (_gate)
            {
                return [.. _runs.Select(run => run.Work).OfType<Task>()];
            }
        }
    }

    /// <summary>A project's run; null where there is none.</summary>
    public ProjectRun? Find(string project)
    {
        lock (_gate)
        {
            return _runs.Find(run => run.Project == project);
        }
    }

    /// <summary>Takes up what an earlier studio has left to do.</summary>
    public void Restore()
    {
        var records = projects.All.Where(project => project.Damage is null)
            .Select(project => (project.Id, Record: RunRecord.Read(projects.FolderOf(project.Id, Part))))
            .Where(one => one.Record is not null).OrderBy(one => one.Record!.Asked);
        var runs = records.Select(one => Expected(new ProjectRun(one.Id, one.Record!))).ToList();
        lock (_gate)
        {
            _runs.AddRange(runs);
        }
    }

    /// <summary>Adds a run behind the others.</summary>
    /// <exception cref="Errors.VeilException">It cannot be written down.</exception>
    public void Add(string project, RunRecord record)
    {
        record.Write(projects.FolderOf(project, Part));
        var run = Expected(new ProjectRun(project, record));
        lock (_gate)
        {
            _runs.Add(run);
        }

        _changed.Release();
    }

    /// <summary>Makes a run begin anew with the project as it is; false where there is none.</summary>
    public bool StartOver(string project)
    {
        lock (_gate)
        {
            var run = Find(project);
            run?.StartOver();
            return run is not null;
        }
    }

    /// <summary>Changes what a run has to do, e.g. whether it rests.</summary>
    /// <returns>Whether there is a run, and it was changed.</returns>
    /// <exception cref="Errors.VeilException">It cannot be written down.</exception>
    public bool TryChange(string project, Func<RunRecord, RunRecord> change)
    {
        lock (_gate)
        {
            if (Find(project) is not { } run || change(run.Record) is not { } record || record == run.Record)
            {
                return false;
            }

            Keep(run, record);
        }

        _changed.Release();
        return true;
    }

    /// <summary>Gives the turn to the first run that does not rest.</summary>
    /// <param name="begin">Begins its work, if that was not begun yet.</param>
    /// <returns>The run, and what ends when its turn is over; null where all rest.</returns>
    public (ProjectRun Run, Task Turn)? Next(Func<ProjectRun, Task> begin)
    {
        lock (_gate)
        {
            if (_runs.Find(run => !run.Record.Paused) is not { } next)
            {
                return null;
            }

            var turn = next.TakeTurn();
            next.Work ??= begin(next);
            return (next, turn);
        }
    }

    /// <summary>Waits until there may be another turn to give.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _changed.WaitAsync(cancellationToken);

    /// <summary>Takes off a run that has not begun.</summary>
    /// <returns>Whether it had not; otherwise its work ends by itself.</returns>
    public bool TryTakeOff(ProjectRun run)
    {
        lock (_gate)
        {
            return run.Work is null && _runs.Remove(run);
        }
    }

    /// <summary>Takes off a run that has done what it had to.</summary>
    /// <returns>False where it goes on: it was told meanwhile to begin anew, or something follows.</returns>
    public bool TryTakeOffDone(ProjectRun run)
    {
        lock (_gate)
        {
            if (projects.Find(run.Project) is not null && (run.IsToStartOver ? run.Record : run.Record.Following) is { } record)
            {
                Keep(run, record with { Paused = run.Record.Paused });
                return false;
            }

            _runs.Remove(run);
            return true;
        }
    }

    /// <summary>Takes off a run whatever it was told.</summary>
    public void TakeOff(ProjectRun run)
    {
        lock (_gate)
        {
            _runs.Remove(run);
        }
    }

    /// <summary>Forgets what a run had to do.</summary>
    public void Forget(ProjectRun run)
    {
        if (projects.Find(run.Project) is not null)
        {
            RunRecord.Remove(projects.FolderOf(run.Project, Part));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();

    private void Keep(ProjectRun run, RunRecord record)
    {
        record.Write(projects.FolderOf(run.Project, Part));
        run.Take(record);
    }

    /// <summary>A run that can say at once how far it is.</summary>
    private ProjectRun Expected(ProjectRun run)
    {
        if (projects.Find(run.Project) is { } owner)
        {
            run.Expect(RunScope.Of(owner, run.Record, projects));
        }

        return run;
    }
}
