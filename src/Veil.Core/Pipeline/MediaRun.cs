using System.Threading.Channels;

namespace Veil.Pipeline;

/// <summary>An item and where its output goes.</summary>
/// <param name="Item">The input.</param>
/// <param name="Target">The output; null to write none.</param>
public sealed record PlannedItem(MediaItem Item, string? Target)
{
    /// <summary>Why it cannot be done, known before it is opened: it counts as failed. Null when it can.</summary>
    public ItemError? Problem { get; init; }
}

/// <summary>Runs many items over several workers. Memory depends on the number of workers, not on the number of items.</summary>
public static class MediaRun
{
    /// <summary>Processes every item; results come in the order of completion.</summary>
    /// <param name="items">The work; enumerated lazily, once.</param>
    /// <param name="workers">How many items at a time, 1 or more.</param>
    /// <param name="createProcessor">Makes what processes one worker's items; called once per worker, on its thread.</param>
    /// <param name="completed">Called for each result, never twice at a time.</param>
    /// <param name="cancellationToken">Abandons the items under way and starts no more.</param>
    /// <exception cref="OperationCanceledException">The run was abandoned; outputs of finished items stay.</exception>
    public static async Task ExecuteAsync(
        IEnumerable<PlannedItem> items, int workers, Func<IItemProcessor> createProcessor, Action<ItemResult> completed, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = Channel.CreateBounded<PlannedItem>(new BoundedChannelOptions(workers * 2) { SingleWriter = true });
        var gate = new Lock();
        var tasks = Enumerable.Range(0, workers).Select(_ => StopAllOnError(Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default), stop)).ToList();
        tasks.Add(StopAllOnError(FillAsync(), stop));
        await Task.WhenAll(tasks).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        void Work()
        {
            using var processor = createProcessor();
            while (Next() is { } planned)
            {
                // Before it is opened: an input that changes meanwhile is another one to the next run.
                var stamp = RunJournal.InputStamp(planned.Item.Path);
                var result = processor.Process(planned.Item, planned.Target, stop.Token) with { InputStamp = stamp };
                lock (gate)
                {
                    completed(result);
                }
            }
        }

        // Workers are threads of their own (decoding and inference block), so waiting for the queue may block too.
        PlannedItem? Next()
        {
            while (queue.Reader.WaitToReadAsync(stop.Token).AsTask().GetAwaiter().GetResult())
            {
                if (queue.Reader.TryRead(out var planned))
                {
                    return planned;
                }
            }

            return null;
        }

        async Task FillAsync()
        {
            foreach (var item in items)
            {
                await queue.Writer.WriteAsync(item, stop.Token).ConfigureAwait(false);
            }

            queue.Writer.Complete();
        }
    }

    /// <summary>A worker that cannot go on (its detector does not load, the journal cannot be written) ends the whole run.</summary>
    private static async Task StopAllOnError(Task task, CancellationTokenSource stop)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
