using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>Adds to each result what its output holds, while that is still in memory. Copies what is to be copied.</summary>
/// <param name="inner">Anonymizes; owned.</param>
public sealed class SealingProcessor(IItemProcessor inner) : IItemProcessor
{
    /// <inheritdoc/>
    public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        try
        {
            var result = item.Treatment == ItemTreatment.Anonymize ? inner.Process(item, target, cancellationToken) : Copied(item, target, cancellationToken);
            return result is { Status: ItemStatus.Done, Target: { } written } ? result with { Output = OutputSeal.Of(written) } : result;
        }
        catch (VeilException error) when (item.Treatment != ItemTreatment.Anonymize)
        {
            return Failed(item, target, error.Code, error.Message, error.Hint);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(item, target, VeilErrorCode.UnwritableOutput, "The result cannot be read again: " + error.Message, "Check the disk, and start the run again.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private static ItemResult Copied(MediaItem item, string? target, CancellationToken cancellationToken)
    {
        if (target is not null)
        {
            FileCopy.Make(item.Path, target, cancellationToken);
        }

        return new ItemResult(item, target, ItemStatus.Done);
    }

    private static ItemResult Failed(MediaItem item, string? target, VeilErrorCode code, string message, string hint) =>
        new(item, target, ItemStatus.Failed) { Error = new ItemError(code.ToString(), "copy", message, hint) };
}
