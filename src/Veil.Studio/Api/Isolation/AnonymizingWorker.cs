using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Isolation;
using Veil.Studio.Api.Work;

namespace Veil.Studio.Api.Isolation;

/// <summary>
/// The worker's side: does what orders say, and keeps networks loaded between them. It knows no keys, no requests and no queue. For one
/// thread.
/// </summary>
internal sealed class AnonymizingWorker : IDisposable
{
    /// <summary>What it answers for its options: it has none, everything comes with the orders.</summary>
    public const string Options = "serve";

    private readonly AnonymizerCache _anonymizers = new(AnonymizerCache.UsualCapacity);
    private readonly Beats _beats;

    /// <summary>Makes one.</summary>
    /// <param name="beat">Told after frames.</param>
    public AnonymizingWorker(Action<ItemProgress> beat) => _beats = new Beats(beat);

    /// <summary>Makes this process a worker until its parent needs it no more.</summary>
    public static void Run() => WorkerStreams.Run((input, output) =>
        WorkerLoop.Serve(input, output, Options, beat => new AnonymizingWorker(beat), static (worker, planned, order) => worker.Process(planned, order ?? "")));

    /// <summary>Does what an order says.</summary>
    public ItemResult Process(PlannedItem planned, string order)
    {
        try
        {
            var (work, settings) = WorkerOrder.Read(order);
            using var lease = _anonymizers.Rent(settings);
            return lease.Process(new Assignment(work, planned) { Progress = _beats }, CancellationToken.None);
        }
        catch (VeilException error)
        {
            return new ItemResult(planned.Item, planned.Target, ItemStatus.Failed) { Error = new ItemError(error.Code.ToString(), "run", error.Message, error.Hint) };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _anonymizers.Dispose();

    private sealed class Beats(Action<ItemProgress> beat) : IProgress<ItemProgress>
    {
        public void Report(ItemProgress value) => beat(value);
    }
}
