using System.Collections.Concurrent;
using Veil.Pipeline;

namespace Veil.Engine.Runs;

/// <summary>Processors that are ready for the next item: what they load stays loaded. Thread-safe; each processor serves one item at a time.</summary>
/// <param name="create">Makes one, which calls what it is given after each frame.</param>
internal sealed class ProcessorPool(Func<Action<ItemProgress>, IItemProcessor> create) : IDisposable
{
    private readonly ConcurrentBag<Pooled> _idle = [];
    private int _disposed;

    /// <summary>Processes an item.</summary>
    /// <param name="item">The input.</param>
    /// <param name="target">The output; null to write none.</param>
    /// <param name="progress">Told after each frame; null for nobody.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    public ItemResult Process(MediaItem item, string? target, IProgress<ItemProgress>? progress, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        var pooled = _idle.TryTake(out var idle) ? idle : new Pooled(create);
        pooled.Progress = progress;
        try
        {
            return pooled.Processor.Process(item, target, cancellationToken);
        }
        finally
        {
            pooled.Progress = null;
            Return(pooled);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Clear();
        }
    }

    private void Return(Pooled pooled)
    {
        _idle.Add(pooled);
        if (_disposed != 0)
        {
            Clear();
        }
    }

    private void Clear()
    {
        while (_idle.TryTake(out var idle))
        {
            idle.Processor.Dispose();
        }
    }

    private sealed class Pooled
    {
        public Pooled(Func<Action<ItemProgress>, IItemProcessor> create) => Processor = create(now => Progress?.Report(now));

        public IItemProcessor Processor { get; }

        public IProgress<ItemProgress>? Progress { get; set; }
    }
}
