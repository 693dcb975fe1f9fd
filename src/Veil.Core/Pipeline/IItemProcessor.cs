namespace Veil.Pipeline;

/// <summary>Takes items from input to output, one at a time. One instance per worker.</summary>
public interface IItemProcessor : IDisposable
{
    /// <summary>Processes one item.</summary>
    /// <param name="item">The input.</param>
    /// <param name="target">Where the output goes; null to write none.</param>
    /// <param name="cancellationToken">Abandons the item: its output is not written.</param>
    /// <returns>How it ended. Whatever is wrong with the item is a result, not an exception.</returns>
    /// <exception cref="OperationCanceledException">It was abandoned.</exception>
    /// <exception cref="Errors.VeilException">No item can be processed, e.g. because a model does not load.</exception>
    ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken);
}
