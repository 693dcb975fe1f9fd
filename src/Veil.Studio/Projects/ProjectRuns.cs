using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Veil.Errors;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Projects;

/// <summary>
/// Works on projects in the background, one after the other, each with a few workers; goes on after a restart. A run that is paused rests where it
/// is, in the middle of a film if need be, and lets the next one go on; resumed, it waits for its turn. Thread-safe.
/// </summary>
internal sealed class ProjectRuns : BackgroundService
{
    private readonly IProjects _projects;
    private readonly FaceMemory _faces;
    private readonly RunQueue _queue;
    private readonly RunOrders _orders;
    private readonly RunExecution _execution;
    private readonly RunNews _news = new();

    /// <summary>Gets ready; nothing runs yet.</summary>
    public ProjectRuns(IProjects projects, RegionFiles files, Anonymizers anonymizers, FaceMemory faces, ILogger<ProjectRuns> log)
    {
        (_projects, _faces, _queue, _orders) = (projects, faces, new RunQueue(projects), new RunOrders(projects));
        _execution = new RunExecution(_queue, _news, projects, files, anonymizers, faces, log);
    }

    /// <summary>Told when the progress of a run changes, with the project's id; on any thread, at most a few times a second.</summary>
    public event Action<string>? Progressed
    {
        add => _news.Progressed += value;
        remove => _news.Progressed -= value;
    }

    /// <summary>Everything that runs or waits, in order.</summary>
    public IReadOnlyList<RunView> All => _queue.All;

    /// <summary>How far a project's run is; null when nothing runs or waits.</summary>
    public RunView? Find(string project) => _queue.Find(project)?.View();

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

        var record = _orders.Find(project);
        if (_queue.StartOver(project))
        {
            Resume(project);
        }
        else
        {
            Begin(project, record);
        }
    }

    /// <summary>Writes the results of every item that is ready.</summary>
    public void StartExport(string project, ExportTarget target)
    {
        RequireIdle(project);
        Begin(project, _orders.Export(project, target));
    }

    /// <summary>Does again what failed, see <see cref="RunOrders.Again"/>; while regions are being found, they are found again where that failed.</summary>
    public void StartAgain(string project)
    {
        if (Find(project) is { Work: RunWork.Finding })
        {
            StartFinding(project);
            return;
        }

        RequireIdle(project);
        Begin(project, _orders.Again(project));
    }

    /// <summary>Makes it rest where it is, until <see cref="Resume"/>; others go on.</summary>
    public void Pause(string project) => Change(project, record => record with { Paused = true });

    /// <summary>Goes on, when it is its turn.</summary>
    public void Resume(string project) => Change(project, record => record with { Paused = false });

    /// <summary>Gives up what is under way; what is done stays.</summary>
    public void Cancel(string project)
    {
        if (_queue.Find(project) is not { } run)
        {
            return;
        }

        var waited = _queue.TryTakeOff(run);
        run.Cancel.Cancel();
        if (waited)
        {
            _execution.Abandon(run);
        }

        _news.Tell(project);
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anybody is served: whoever looks sees what is under way.
        _projects.Changed += CancelDeleted;
        _queue.Restore();
        foreach (var project in _projects.All.Where(project => project is { Damage: null, Stage: ProjectStage.Finding or ProjectStage.Exporting } && Find(project.Id) is null))
        {
            _projects.Change(project.Id, RunExecution.Rested);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _projects.Changed -= CancelDeleted;
        _queue.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            if (_queue.Next(Work) is var (run, turn))
            {
                _news.Tell(run.Project);
                await turn.ConfigureAwait(false);
                _news.Tell(run.Project);
            }
            else
            {
                await _queue.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // Those that rest in the middle of something were told, too.
        await Task.WhenAll(_queue.Begun).ConfigureAwait(false);

        Task Work(ProjectRun run) => Task.Factory.StartNew(() => _execution.Execute(run, stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static VeilException Busy() => new(VeilErrorCode.InvalidOption, "This project is being worked on already.", "Wait until it is done, or cancel it first.");

    private void CancelDeleted(string project)
    {
        if (_projects.Find(project) is null)
        {
            Cancel(project);
            _faces.Forget(project);
        }
    }

    private void RequireIdle(string project)
    {
        if (Find(project) is not null)
        {
            throw Busy();
        }
    }

    private void Begin(string project, RunRecord record)
    {
        _queue.Add(project, record);
        _news.Tell(project);
    }

    private void Change(string project, Func<RunRecord, RunRecord> change)
    {
        if (_queue.TryChange(project, change))
        {
            _news.Tell(project);
        }
    }
}
