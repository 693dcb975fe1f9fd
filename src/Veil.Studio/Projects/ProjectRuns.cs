using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Projects;

/// <summary>
/// Works on projects in the background, one after the other, each with a few workers; goes on after a restart. A run that is paused rests where it
/// is, in the middle of a film if need be, and lets the next one go on; resumed, it waits for its turn. Thread-safe.
/// </summary>
internal sealed partial class ProjectRuns(IProjects projects, RegionFiles files, Anonymizers anonymizers, FaceMemory faces, ILogger<ProjectRuns> log) : BackgroundService
{
    private const string Part = "run";
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly List<ProjectRun> _runs = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);

    /// <summary>Told when the progress of a run changes, with the project's id; on any thread, at most a few times a second.</summary>
    public event Action<string>? Progressed;

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

    /// <summary>How far a project's run is; null when nothing runs or waits.</summary>
    public RunView? Find(string project)
    {
        lock (_gate)
        {
            return _runs.Find(run => run.Project == project)?.View();
        }
    }

    /// <summary>
    /// Finds regions in every item that has none yet, or in all of them again after settings changed that matter for finding. Where they are being
    /// found, also where that is paused, it goes on with the settings as they are now.
    /// </summary>
    public void StartFinding(string project)
    {
        if (Find(project) is { Work: not RunWork.Finding })
        {
            throw Busy();
        }

        projects.Change(project, before =>
        {
            var (key, chosen) = (FindingKey.Of(before.Settings), KeptPeople.KeyOf(before));
            return before with
            {
                Stage = ProjectStage.Finding,
                Items = [.. before.Items.Select(item => item.State == ItemState.Failed || item.FoundBy != key || item.ChosenBy != chosen ? item with { State = ItemState.Waiting, Error = null } : item)],
            };
        });
        if (StartOver(project))
        {
            Resume(project);
        }
        else
        {
            Enqueue(project, new RunRecord(RunWork.Finding, DateTimeOffset.UtcNow, Paused: false, Target: null));
        }
    }

    /// <summary>Writes the results of every item that is ready.</summary>
    public void StartExport(string project, ExportTarget target)
    {
        RequireIdle(project);
        var owner = projects.Find(project) ?? throw Gone();
        if (!owner.Items.Any(item => item.State is ItemState.Ready or ItemState.Exported))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "There is nothing to export yet.", "Let people be found first.");
        }

        if (owner.HasOutdated())
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "What is covered was chosen anew since people were looked for.", "Find again first: nothing is exported that was found by other choices.");
        }

        var folder = target.Folder is { } chosen ? ExportFolder.Check(owner, chosen, projects) : projects.FolderOf(project, ExportFolder.OfZip);
        var asked = projects.Change(project, before => before with
        {
            Stage = ProjectStage.Exporting,
            ExportedTo = folder,
            ExportFolders = [.. before.ExportFolders.Append(folder).Distinct(StringComparer.Ordinal)],
            Items = [.. before.Items.Select(item => item.State == ItemState.Exported && before.ExportedTo != folder ? item with { State = ItemState.Ready } : item)],
        });
        Enqueue(project, new RunRecord(RunWork.Exporting, DateTimeOffset.UtcNow, Paused: false, target with { Folder = folder })
        {
            Items = [.. asked.Items.Where(item => item.State is ItemState.Ready or ItemState.Exported).Select(item => item.Id)],
        });
    }

    /// <summary>Makes it rest where it is, until <see cref="Resume"/>; others go on.</summary>
    public void Pause(string project) => Set(project, paused: true);

    /// <summary>Goes on, when it is its turn.</summary>
    public void Resume(string project) => Set(project, paused: false);

    /// <summary>Gives up what is under way; what is done stays.</summary>
    public void Cancel(string project)
    {
        ProjectRun? run;
        bool begun;
        lock (_gate)
        {
            run = _runs.Find(one => one.Project == project);
            begun = run?.Work is not null;
            if (run is not null && !begun)
            {
                _runs.Remove(run);
            }
        }

        if (run is null)
        {
            return;
        }

        run.Cancel.Cancel();
        if (!begun)
        {
            Abandon(run);
        }

        Tell(project);
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anybody is served: whoever looks sees what is under way.
        projects.Changed += CancelDeleted;
        Restore();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        projects.Changed -= CancelDeleted;
        _changed.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            if (Next(stoppingToken) is var (run, turn))
            {
                Tell(run.Project);
                await turn.ConfigureAwait(false);
                Tell(run.Project);
            }
            else
            {
                await _changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // Those that rest in the middle of something were told, too.
        Task[] begun;
        lock (_gate)
        {
            begun = [.. _runs.Select(run => run.Work).OfType<Task>()];
        }

        await Task.WhenAll(begun).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A run of project {Project} stopped.")]
    private static partial void LogStopped(ILogger log, Exception exception, string project);

    private static VeilException Busy() => new(VeilErrorCode.InvalidOption, "This project is being worked on already.", "Wait until it is done, or cancel it first.");

    private static VeilException Gone() => new(VeilErrorCode.InvalidOption, "There is no such project.", "It may have been deleted in another window.");

    private void CancelDeleted(string project)
    {
        if (projects.Find(project) is null)
        {
            Cancel(project);
            faces.Forget(project);
        }
    }

    private void RequireIdle(string project)
    {
        if (Find(project) is not null)
        {
            throw Busy();
        }
    }

    private void Restore()
    {
        var records = projects.All.Where(project => project.Damage is null)
            .Select(project => (project.Id, Record: RunRecord.Read(projects.FolderOf(project.Id, Part))))
            .Where(one => one.Record is not null).OrderBy(one => one.Record!.Asked);
        var runs = records.Select(one => Expected(new ProjectRun(one.Id, one.Record!))).ToList();
        lock (_gate)
        {
            _runs.AddRange(runs);
        }

        foreach (var project in projects.All.Where(project => project is { Damage: null, Stage: ProjectStage.Finding or ProjectStage.Exporting } && Find(project.Id) is null))
        {
            projects.Change(project.Id, Rested);
        }
    }

    private void Enqueue(string project, RunRecord record)
    {
        record.Write(projects.FolderOf(project, Part));
        var run = Expected(new ProjectRun(project, record));
        lock (_gate)
        {
            _runs.Add(run);
        }

        _changed.Release();
        Tell(project);
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

    /// <summary>Makes a run begin anew; false where there is none.</summary>
    private bool StartOver(string project)
    {
        lock (_gate)
        {
            var run = Run(project);
            run?.StartOver();
            return run is not null;
        }
    }

    private ProjectRun? Run(string project)
    {
        lock (_gate)
        {
            return _runs.Find(run => run.Project == project);
        }
    }

    private void Set(string project, bool paused)
    {
        lock (_gate)
        {
            if (Run(project) is not { } run || run.Record.Paused == paused)
            {
                return;
            }

            Keep(run, run.Record with { Paused = paused });
        }

        _changed.Release();
        Tell(project);
    }

    private void Keep(ProjectRun run, RunRecord record)
    {
        record.Write(projects.FolderOf(run.Project, Part));
        run.Take(record);
    }

    /// <summary>Gives the turn to the first run that does not rest.</summary>
    private (ProjectRun Run, Task Turn)? Next(CancellationToken stopping)
    {
        lock (_gate)
        {
            if (_runs.Find(run => !run.Record.Paused) is not { } next)
            {
                return null;
            }

            var turn = next.TakeTurn();
            next.Work ??= Task.Factory.StartNew(() => WorkToTheEnd(next, stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return (next, turn);
        }
    }

    private void WorkToTheEnd(ProjectRun run, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, run.Cancel.Token);
        while (!TryClose(run, Finish(run, stop.Token)))
        {
            // It was told to begin anew at the last moment.
        }

        run.EndTurn();
        Tell(run.Project);
    }

    /// <summary>Works until nothing is left, or it is stopped.</summary>
    /// <returns>Whether nothing is left.</returns>
    private bool Finish(ProjectRun run, CancellationToken cancellationToken)
    {
        try
        {
            while (!WorkRound(run, cancellationToken))
            {
                // The project was changed so that it begins anew.
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            // The user cancelled, or the studio ends; what was under way was put back.
            return false;
        }
        catch (Exception) when (projects.Find(run.Project) is null)
        {
            // The project was deleted meanwhile: nothing is left to be done.
            return true;
        }
        catch (VeilException error)
        {
            // Nothing could be started, e.g. a model is missing: every item says so.
            Refuse(run, error);
            return true;
        }
        catch (Exception error)
        {
            LogStopped(log, error, run.Project);
            Refuse(run, new VeilException(VeilErrorCode.AnonymizationFailed, $"An unexpected error stopped the work ({error.GetType().Name}).", "This is a defect of Veil; try again, and report it.", error));
            return true;
        }
    }

    /// <summary>Takes a run off the list.</summary>
    /// <returns>False where it goes on, because it was told to begin anew meanwhile.</returns>
    private bool TryClose(ProjectRun run, bool finished)
    {
        // Before it is off the list: who sees no run any more sees the project as it is then.
        if (finished)
        {
            Forget(run);
        }
        else if (run.Cancel.IsCancellationRequested)
        {
            Abandon(run);
        }

        lock (_gate)
        {
            if (finished && run.IsToStartOver && projects.Find(run.Project) is not null)
            {
                Keep(run, run.Record);
                return false;
            }

            if (finished || run.Cancel.IsCancellationRequested)
            {
                _runs.Remove(run);
            }

            return true;
        }
    }

    /// <summary>Works until nothing is left.</summary>
    /// <returns>Whether nothing is left; otherwise the project was changed in a way that needs another round.</returns>
    private bool WorkRound(ProjectRun run, CancellationToken cancellationToken)
    {
        run.Begin();
        var owner = projects.Find(run.Project) ?? throw Gone();
        using var work = Create(run, owner, cancellationToken);
        var scope = RunScope.Of(owner, run.Record, projects);
        var measured = scope.Measured(cancellationToken);
        if (measured != scope)
        {
            lock (_gate)
            {
                Keep(run, run.Record with { Lengths = measured.Lengths });
            }
        }

        run.Expect(measured);
        Tell(run.Project);
        if (!new RunRound(run, work, projects, () => TellSoon(run.Project)).Execute(scope.Left, cancellationToken))
        {
            return false;
        }

        work.Complete();
        return true;
    }

    private ItemWork Create(ProjectRun run, Project owner, CancellationToken cancellationToken) => run.Record switch
    {
        { Work: RunWork.Exporting, Target: { } target } => new ExportWork(owner, target, projects, files, anonymizers),
        _ => new FindingWork(owner, projects, files, anonymizers, faces, cancellationToken),
    };

    private void Refuse(ProjectRun run, VeilException error)
    {
        if (projects.Find(run.Project) is { Damage: null })
        {
            var said = new ItemError(error.Code.ToString(), "start", error.Message, error.Hint);
            projects.Change(run.Project, project =>
            {
                var left = RunScope.Of(project, run.Record, projects).Left.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
                return Rested(project with
                {
                    Items = [.. project.Items.Select(item => left.Contains(item.Id) ? item with { State = ItemState.Failed, Error = said } : item)],
                });
            });
        }
    }

    private void Abandon(ProjectRun run)
    {
        Forget(run);
        if (projects.Find(run.Project) is { Damage: null })
        {
            projects.Change(run.Project, Rested);
        }
    }

    private void Forget(ProjectRun run)
    {
        if (projects.Find(run.Project) is not null)
        {
            RunRecord.Remove(projects.FolderOf(run.Project, Part));
        }
    }

    // What was under way when the studio ended all at once is under way no more.
    private static Project Rested(Project project) => project with
    {
        Items = [.. project.Items.Select(item => item.State == ItemState.Working ? item with { State = project.Stage == ProjectStage.Exporting ? ItemState.Ready : ItemState.Waiting } : item)],
        Stage = project.Items.Any(item => item.State is ItemState.Ready or ItemState.Exported) ? ProjectStage.Reviewing : ProjectStage.Choosing,
    };

    private void Tell(string project)
    {
        _told[project] = Environment.TickCount64;
        Progressed?.Invoke(project);
    }

    private void TellSoon(string project)
    {
        if (Environment.TickCount64 - _told.GetValueOrDefault(project) >= Quiet.TotalMilliseconds)
        {
            Tell(project);
        }
    }
}
