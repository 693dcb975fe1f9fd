using Veil.Pipeline;

namespace Veil.Engine.Runs;

/// <summary>Works through items and records each as it ends. The journal may not be used by others meanwhile.</summary>
/// <param name="journal">Takes the results.</param>
/// <param name="counts">Takes their sums.</param>
internal sealed class RecordedRun(RunJournal journal, RunCounts counts)
{
    private readonly Lock _gate = new();

    /// <summary>Whether an earlier run has done an item.</summary>
    public required Func<PlannedItem, bool> IsDone { get; init; }

    /// <summary>Told of what ended in this run, on the thread that did it, before <see cref="Counted"/>.</summary>
    public Action<ItemResult> Finished { get; init; } = static _ => { };

    /// <summary>Told of everything, what was done earlier included.</summary>
    public Action<ItemResult> Counted { get; init; } = static _ => { };

    /// <summary>Does it.</summary>
    /// <param name="items">All items of the run.</param>
    /// <param name="jobs">Items worked on at a time.</param>
    /// <param name="processors">Makes what works, one for each of them.</param>
    /// <param name="cancellationToken">Abandons the items under way.</param>
    public async Task ExecuteAsync(IReadOnlyList<PlannedItem> items, int jobs, Func<IItemProcessor> processors, CancellationToken cancellationToken)
    {
        var left = new List<PlannedItem>();
        foreach (var planned in items)
        {
            if (planned.Problem is { } problem)
            {
                Finish(new ItemResult(planned.Item, null, ItemStatus.Failed) { Error = problem });
            }
            else if (IsDone(planned))
            {
                Count(new ItemResult(planned.Item, planned.Target, ItemStatus.AlreadyDone));
            }
            else
            {
                left.Add(planned);
            }
        }

        if (left.Count > 0)
        {
            await MediaRun.ExecuteAsync(left.Select(Begin), Math.Min(jobs, left.Count), processors, Finish, cancellationToken).ConfigureAwait(false);
        }
    }

    // Items are handed out by one thread and finished by others.
    private PlannedItem Begin(PlannedItem planned)
    {
        lock (_gate)
        {
            journal.Begin(planned);
        }

        return planned;
    }

    private void Finish(ItemResult result)
    {
        lock (_gate)
        {
            journal.Add(result);
        }

        Finished(result);
        Count(result);
    }

    private void Count(ItemResult result)
    {
        counts.Add(result);
        Counted(result);
    }
}
