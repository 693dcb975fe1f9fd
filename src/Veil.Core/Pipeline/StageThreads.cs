using System.Runtime.ExceptionServices;

namespace Veil.Pipeline;

/// <summary>
/// Threads that work on one item together. When one fails, the others are told to stop, and its failure is that of all.
/// Started and joined by one thread; disposed by it, which waits for those that still run.
/// </summary>
/// <param name="cancellationToken">Stops all of them.</param>
internal sealed class StageThreads(CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly List<Task> _threads = [];
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts a thread.</summary>
    /// <param name="work">What it does; ends soon after its token is cancelled.</param>
    public void Start(Action<CancellationToken> work) =>
        _threads.Add(Task.Factory.StartNew(() => Do(work), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Waits until all have ended; throws what went wrong first.</summary>
    /// <exception cref="OperationCanceledException">They were stopped from outside.</exception>
    public void Join()
    {
        Task.WhenAll(_threads).GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        _failure?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Where one of them could not be started, the others still hold frames.
        _stop.Cancel();
        Task.WhenAll(_threads).GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private void Do(Action<CancellationToken> work)
    {
        try
        {
            work(_stop.Token);
        }
        catch (Exception error)
        {
            // Thrown again by Join. What the others say when they are stopped is no news.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
            _stop.Cancel();
        }
    }
}
