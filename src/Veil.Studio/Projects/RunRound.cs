using System.Collections.Concurrent;
using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>Takes the items of a run through its work, by a few workers at a time, each of which rests when the run does.</summary>
/// <param name="run">The run.</param>
/// <param name="work">What is done with an item.</param>
/// <param name="projects">Where it is written down.</param>
/// <param name="told">Called when something moved.</param>
internal sealed class RunRound(ProjectRun run, ItemWork work, IProjects projects, Action told)
{
    private const int MostWorkers = 4;

    /// <summary>Works until nothing is left.</summary>
    /// <param name="left">What is to be done.</param>
    /// <param name="cancellationToken">Ends it; what is under way is put back.</param>
    /// <returns>Whether nothing is left; otherwise the project was changed in a way that needs another round.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public bool Execute(IReadOnlyList<ProjectItem> left, CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<ProjectItem>(left);
        var workers = Math.Min(Math.Clamp(Environment.ProcessorCount, 1, MostWorkers), left.Count);
        using var round = new ChangeWatch(projects, run.Project, work.IsOutdatedBy, cancellationToken);
        run.Enter(workers, round);
        try
        {
            Task.WhenAll(Enumerable.Range(0, workers).Select(_ =>
                Task.Factory.StartNew(() => Take(queue, round.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).GetAwaiter().GetResult();
        }
        finally
        {
            run.Enter(0, round: null);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return !round.Token.IsCancellationRequested;
    }

    private void Take(ConcurrentQueue<ProjectItem> items, CancellationToken cancellationToken)
    {
        try
        {
            for (run.Rest(cancellationToken); items.TryDequeue(out var item); run.Rest(cancellationToken))
            {
                // An item that was edited while it was under way is done again.
                while (projects.Find(run.Project)?.Find(item.Id) is { } now && !TryProcess(now, cancellationToken))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The round is over: whoever waits for it looks at the token.
        }
        finally
        {
            run.Leave();
        }
    }

    /// <summary>Does an item.</summary>
    /// <returns>Whether it is done; otherwise it was put back, because it was changed meanwhile or everything ends.</returns>
    private bool TryProcess(ProjectItem item, CancellationToken cancellationToken)
    {
        var (isDone, ended) = (false, ItemState.Failed);
        using var edits = new ChangeWatch(projects, run.Project, now => now.Find(item.Id) is { } one && work.IsOutdatedBy(item, one), cancellationToken);
        run.Start(item);
        try
        {
            projects.ChangeItem(run.Project, item.Id, before => before with { State = ItemState.Working });
            told();
            var done = work.Process(item, new Reporting(now =>
            {
                run.Advance(item, now);
                told();
                run.Rest(edits.Token);
            }), edits.Token);
            ended = done.State;
            if (ended == ItemState.Failed)
            {
                // What was cut off may say so in its own way.
                edits.Token.ThrowIfCancellationRequested();
            }

            projects.ChangeItem(run.Project, item.Id, before => (isDone = !work.IsOutdatedBy(item, before)) ? Joined(item, before, done) : before);
        }
        catch (OperationCanceledException) when (edits.Token.IsCancellationRequested)
        {
            projects.ChangeItem(run.Project, item.Id, before => before with { State = run.Record.StateBefore });
        }

        if (isDone)
        {
            run.End(item, ended);
        }
        else
        {
            run.PutBack(item);
        }

        told();
        return isDone;
    }

    // What the user said of an item while it was under way stays.
    private static ProjectItem Joined(ProjectItem begun, ProjectItem now, ProjectItem done) => done with
    {
        LookedAt = done.LookedAt == begun.LookedAt ? now.LookedAt : done.LookedAt,
        Revision = done.Revision + now.Revision - begun.Revision,
    };

    /// <summary>Progress without a detour over another thread: whoever makes it may be made to rest.</summary>
    private sealed class Reporting(Action<ItemProgress> tell) : IProgress<ItemProgress>
    {
        public void Report(ItemProgress value) => tell(value);
    }
}
