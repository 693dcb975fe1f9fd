using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Projects;

/// <summary>Works on projects in the background, one after the other, each with a few workers; goes on after a restart. Thread-safe.</summary>
internal sealed partial class ProjectRuns(IProjects projects, RegionFiles files, Anonymizers anonymizers, FaceMemory faces, ILogger<ProjectRuns> log) : BackgroundService
{
    private const int MostWorkers = 4;
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

    /// <summary>Finds regions in every item that has none yet, or in all of them again after settings changed that matter for finding.</summary>
    public void StartFinding(string project)
    {
        RequireIdle(project);
        projects.Change(project, before =>
        {
            var (key, chosen) = (FindingKey.Of(before.Settings), KeptPeople.KeyOf(before));
            return before with
            {
                Stage = ProjectStage.Finding,
                Items = [.. before.Items.Select(item => item.State == ItemState.Failed || item.FoundBy != key || item.ChosenBy != chosen ? item with { State = ItemState.Waiting, Error = null } : item)],
            };
        });
        Enqueue(project, new RunRecord(RunWork.Finding, DateTimeOffset.UtcNow, Paused: false, Target: null));
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

        var folder = target.Folder is { } chosen ? ExportFolder.Check(owner, chosen, projects) : projects.FolderOf(project, ExportFolder.OfZip);
        projects.Change(project, before => before with
        {
            Stage = ProjectStage.Exporting,
            ExportedTo = folder,
            ExportFolders = [.. before.ExportFolders.Append(folder).Distinct(StringComparer.Ordinal)],
            Items = [.. before.Items.Select(item => item.State == ItemState.Exported && before.ExportedTo != folder ? item with { State = ItemState.Ready } : item)],
        });
        Enqueue(project, new RunRecord(RunWork.Exporting, DateTimeOffset.UtcNow, Paused: false, target with { Folder = folder }));
    }

    /// <summary>Stops after the items under way, until <see cref="Resume"/>.</summary>
    public void Pause(string project) => Set(project, paused: true);

    /// <summary>Goes on.</summary>
    public void Resume(string project) => Set(project, paused: false);

    /// <summary>Gives up what is under way; what is done stays.</summary>
    public void Cancel(string project)
    {
        ProjectRun? run;
        bool working;
        lock (_gate)
        {
            run = _runs.Find(one => one.Project == project);
            working = run?.Working ?? false;
            if (run is not null && !working)
            {
                _runs.Remove(run);
            }
        }

        if (run is null)
        {
            return;
        }

        run.Cancel.Cancel();
        if (!working)
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
            if (Next() is { } run)
            {
                await WorkAsync(run, stoppingToken).ConfigureAwait(false);
            }
            else
            {
                await _changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A run of project {Project} stopped.")]
    private static partial void LogStopped(ILogger log, Exception exception, string project);

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
            throw new VeilException(VeilErrorCode.InvalidOption, "This project is being worked on already.", "Wait until it is done, or cancel it first.");
        }
    }

    private void Restore()
    {
        var records = projects.All.Where(project => project.Damage is null)
            .Select(project => (project.Id, Record: RunRecord.Read(projects.FolderOf(project.Id, Part))))
            .Where(one => one.Record is not null).OrderBy(one => one.Record!.Asked);
        lock (_gate)
        {
            _runs.AddRange(records.Select(one => new ProjectRun(one.Id, one.Record!)));
        }

        foreach (var project in projects.All.Where(project => project is { Damage: null, Stage: ProjectStage.Finding or ProjectStage.Exporting } && Find(project.Id) is null))
        {
            projects.Change(project.Id, Rested);
        }
    }

    private void Enqueue(string project, RunRecord record)
    {
        record.Write(projects.FolderOf(project, Part));
        lock (_gate)
        {
            _runs.Add(new ProjectRun(project, record));
        }

        _changed.Release();
        Tell(project);
    }

    private void Set(string project, bool paused)
    {
        lock (_gate)
        {
            if (_runs.Find(one => one.Project == project) is not { } run || run.Record.Paused == paused)
            {
                return;
            }

            run.Record = run.Record with { Paused = paused };
            run.Record.Write(projects.FolderOf(project, Part));
        }

        _changed.Release();
        Tell(project);
    }

    private ProjectRun? Next()
    {
        lock (_gate)
        {
            if (_runs.Find(run => !run.Record.Paused) is not { } next)
            {
                return null;
            }

            next.Working = true;
            return next;
        }
    }

    private async Task WorkAsync(ProjectRun run, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, run.Cancel.Token);
        var finished = false;
        try
        {
            var owner = projects.Find(run.Project) ?? throw Gone();
            finished = await Task.Run(() => Work(run, owner, stop.Token), CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The user cancelled, or the studio ends; what was under way was put back.
        }
        catch (Exception) when (projects.Find(run.Project) is null)
        {
            // The project was deleted meanwhile: nothing is left to be done.
            finished = true;
        }
        catch (VeilException error)
        {
            // Nothing could be started, e.g. a model is missing: every item says so.
            Refuse(run, error);
            finished = true;
        }
        catch (Exception error)
        {
            LogStopped(log, error, run.Project);
            Refuse(run, new VeilException(VeilErrorCode.AnonymizationFailed, $"An unexpected error stopped the work ({error.GetType().Name}).", "This is a defect of Veil; try again, and report it.", error));
            finished = true;
        }

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
            run.Working = false;
            if (finished || run.Cancel.IsCancellationRequested)
            {
                _runs.Remove(run);
            }
        }

        Tell(run.Project);
    }

    /// <summary>Works until nothing is left, or the run is to rest.</summary>
    /// <returns>Whether nothing is left.</returns>
    private bool Work(ProjectRun run, Project owner, CancellationToken cancellationToken)
    {
        using var work = Create(run, owner, cancellationToken);
        var left = work.Items.Where(work.IsLeft).ToList();
        run.Begin(work.Items.Count, work.Items.Count - left.Count, work.Items.Count(item => item.State == ItemState.Failed));
        run.Meter.Restart();
        foreach (var item in work.Items)
        {
            var units = item.Kind == ItemKind.Picture ? 1 : item.Frames > 0 ? item.Frames : FilmLength.FramesOf(item.Path, cancellationToken);
            run.Meter.Expect(item.Id, work.IsLeft(item) ? 0 : units, units);
        }

        Tell(run.Project);
        var queue = new ConcurrentQueue<ProjectItem>(left);
        var workers = Math.Min(Math.Clamp(Environment.ProcessorCount, 1, MostWorkers), Math.Max(1, left.Count));
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Factory.StartNew(() => Take(queue), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        if (!queue.IsEmpty)
        {
            return false;
        }

        work.Complete();
        return true;

        void Take(ConcurrentQueue<ProjectItem> items)
        {
            while (!run.Record.Paused && !cancellationToken.IsCancellationRequested && items.TryDequeue(out var item))
            {
                ProcessOne(run, work, item, cancellationToken);
            }
        }
    }

    private void ProcessOne(ProjectRun run, ItemWork work, ProjectItem item, CancellationToken cancellationToken)
    {
        run.Start(item);
        projects.ChangeItem(run.Project, item.Id, before => before with { State = ItemState.Working });
        TellSoon(run.Project);
        try
        {
            var done = work.Process(item, new Told(now =>
            {
                run.Advance(item, now);
                TellSoon(run.Project);
            }), cancellationToken);
            projects.ChangeItem(run.Project, item.Id, _ => done);
            run.End(item, done.State);
        }
        catch (OperationCanceledException)
        {
            run.PutBack(item);
            projects.ChangeItem(run.Project, item.Id, _ => item);
        }

        TellSoon(run.Project);
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
            projects.Change(run.Project, project => Rested(project with
            {
                Items = [.. project.Items.Select(item => item.State is ItemState.Waiting or ItemState.Working ? item with { State = ItemState.Failed, Error = said } : item)],
            }));
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

    private static Project Rested(Project project) => project with
    {
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

    /// <summary>Progress without a detour over another thread.</summary>
    private sealed class Told(Action<ItemProgress> tell) : IProgress<ItemProgress>
    {
        public void Report(ItemProgress value) => tell(value);
    }
}
