using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Veil.Errors;
using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Pipeline.Isolation;

/// <summary>The worker's side: takes items from standard input and answers with results until that is closed.</summary>
public static class WorkerLoop
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(0.5);

    /// <summary>Works until there is no more. When the parent is gone amid an item, this process ends at once.</summary>
    /// <param name="input">From the parent.</param>
    /// <param name="output">To the parent; nothing else may write to it.</param>
    /// <param name="optionsHash">Stands for the options in force here.</param>
    /// <param name="create">Makes what processes the items. It is given what to call, on the item's thread, when a frame is done.</param>
    public static void Serve(Stream input, Stream output, string optionsHash, Func<Action<ItemProgress>, IItemProcessor> create) =>
        Serve(input, output, optionsHash, create, static (processor, planned, _) => processor.Process(planned.Item, planned.Target, CancellationToken.None));

    /// <summary>Does each item as the order says that comes with it.</summary>
    /// <typeparam name="TProcessor">What processes the items.</typeparam>
    /// <param name="input">From the parent.</param>
    /// <param name="output">To the parent; nothing else may write to it.</param>
    /// <param name="optionsHash">Stands for the options in force here.</param>
    /// <param name="create">Makes what processes the items. It is given what to call, on the item's thread, when a frame is done.</param>
    /// <param name="process">Processes an item after its order, which is null where the parent had nothing to say.</param>
    public static void Serve<TProcessor>(
        Stream input, Stream output, string optionsHash, Func<Action<ItemProgress>, TProcessor> create, Func<TProcessor, PlannedItem, string?, ItemResult> process)
        where TProcessor : IDisposable
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(process);
        TProcessor processor;
        try
        {
            processor = create(Beats(output));
        }
        catch (VeilException error)
        {
            WorkerProtocol.Write(output, json =>
            {
                json.WriteString("unfit", error.Code.ToString());
                json.WriteString("message", error.Message);
                json.WriteString("hint", error.Hint);
            });
            return;
        }

        using (processor)
        {
            WorkerProtocol.Write(output, json =>
            {
                json.WriteNumber("ready", WorkerProtocol.Version);
                json.WriteString("options", optionsHash);
                json.WriteNumber("sandbox", (int)SelfRestriction.Felt());
            });
            Work(input, output, (planned, order) => process(processor, planned, order));
        }
    }

    /// <summary>Tells the parent at most once in a while that frames are getting done.</summary>
    private static Action<ItemProgress> Beats(Stream output)
    {
        var last = Stopwatch.GetTimestamp();
        return progress =>
        {
            if (Stopwatch.GetElapsedTime(last) >= BeatEvery)
            {
                last = Stopwatch.GetTimestamp();
                WorkerProtocol.Write(output, json =>
                {
                    json.WriteNumber("beat", progress.Done);
                    json.WriteNumber("of", progress.Total);
                });
            }
        };
    }

    private static void Work(Stream input, Stream output, Func<PlannedItem, string?, ItemResult> process)
    {
        using var items = new BlockingCollection<(PlannedItem Planned, string? Order)>();
        var busy = 0;

        // Reads ahead, so that a parent that dies is noticed while native code does not return.
        var reader = new Thread(() =>
        {
            while (Receive(input) is { } message)
            {
                using (message)
                {
                    Interlocked.Increment(ref busy);
                    items.Add(ItemMessage.Read(message.RootElement));
                }
            }

            items.CompleteAdding();
            if (Volatile.Read(ref busy) > 0)
            {
                Process.GetCurrentProcess().Kill();
            }
        }) { IsBackground = true };
        reader.Start();
        foreach (var (planned, order) in items.GetConsumingEnumerable())
        {
            var result = process(planned, order);
            Interlocked.Decrement(ref busy);
            WorkerProtocol.Write(output, json => ResultMessage.Write(json, result));
        }
    }

    private static JsonDocument? Receive(Stream input)
    {
        try
        {
            return WorkerProtocol.ReadAsync(input).GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            // A broken pipe is how a parent that died looks.
            return null;
        }
    }
}
