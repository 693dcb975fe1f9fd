using Microsoft.Extensions.Logging;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Projects;

/// <summary>Takes a run from its begin to its end, round after round, and says in its project what became of it. Thread-safe.</summary>
internal sealed partial class RunExecution(RunQueue queue, RunNews news, IProjects projects, RegionFiles files, Anonymizers anonymizers, FaceMemory faces, ILogger<ProjectRuns> log)
{
    /// <summary>Works until nothing is left or it is stopped; its turn has ended then.</summary>
    public void Execute(ProjectRun run, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, run.Cancel.Token);
        try
        {
            while (!TryClose(run, Finish(run, stop.Token)))
            {
                // It was told to begin anew at the last moment, or something follows.
            }
        }
        catch (Exception error)
        {
            // What became of it cannot be written down, e.g. because the studio's own disk is full. It may not hold up the others for that.
            LogStopped(log, error, run.Project);
            queue.TakeOff(run);
        }

        run.EndTurn();
        news.Tell(run.Project);
    }

    /// <summary>Says in its project that a run was given up.</summary>
    public void Abandon(ProjectRun run)
    {
        queue.Forget(run);
        if (projects.Find(run.Project) is { Damage: null })
        {
            projects.Change(run.Project, Rested);
        }
    }

    /// <summary>A project that nobody works on: what was under way when the studio ended all at once is under way no more.</summary>
    public static Project Rested(Project project) => project with
    {
        Items = [.. project.Items.Select(item => item.State == ItemState.Working ? item with { State = project.Stage == ProjectStage.Exporting ? ItemState.Ready : ItemState.Waiting } : item)],
        Stage = project.Items.Any(item => item.State is ItemState.Ready or ItemState.Exported || item.IsUnwritten()) ? ProjectStage.Reviewing : ProjectStage.Choosing,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A run of project {Project} stopped.")]
    private static partial void LogStopped(ILogger log, Exception exception, string project);

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
    /// <returns>False where it goes on.</returns>
    private bool TryClose(ProjectRun run, bool finished)
    {
        // Before it is off the list: who sees no run any more sees the project as it is then.
        if (finished)
        {
            queue.Forget(run);
            return queue.TryTakeOffDone(run);
        }

        if (run.Cancel.IsCancellationRequested)
        {
            Abandon(run);
            queue.TakeOff(run);
        }

        return true;
    }

    /// <summary>Works until nothing is left.</summary>
    /// <returns>Whether nothing is left; otherwise the project was changed in a way that needs another round.</returns>
    private bool WorkRound(ProjectRun run, CancellationToken cancellationToken)
    {
        run.Begin();
        var owner = Begun(run);
        using var work = Create(run, owner, cancellationToken);
        var scope = RunScope.Of(owner, run.Record, projects);
        var measured = scope.Measured(cancellationToken);
        if (measured != scope)
        {
            queue.TryChange(run.Project, record => record with { Lengths = measured.Lengths });
        }

        run.Expect(measured);
        news.Tell(run.Project);
        if (!new RunRound(run, work, projects, () => news.TellSoon(run.Project)).Execute(scope.Left, cancellationToken))
        {
            return false;
        }

        work.Complete();
        return true;
    }

    /// <summary>The project, which says what is done with it also where that follows other work.</summary>
    private Project Begun(ProjectRun run)
    {
        var stage = run.Record.Work == RunWork.Exporting ? ProjectStage.Exporting : ProjectStage.Finding;
        var owner = projects.Find(run.Project) ?? throw RunOrders.Gone();
        return owner.Stage == stage ? owner : projects.Change(run.Project, project => project with { Stage = stage });
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
                    Items = [.. project.Items.Select(item => left.Contains(item.Id) ? item with { State = ItemState.Failed, Again = run.Record.Work, Error = said } : item)],
                });
            });
        }
    }
}
