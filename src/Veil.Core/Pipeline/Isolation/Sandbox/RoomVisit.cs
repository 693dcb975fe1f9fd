using Veil.Errors;

namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>An item in a worker's room.</summary>
/// <param name="item">The input.</param>
/// <param name="seen">Where the worker sees it.</param>
/// <param name="target">Where its result is to be; null for none.</param>
/// <param name="written">Where the worker writes it.</param>
/// <param name="existing">What becomes of a file that is in its place.</param>
/// <param name="clear">Empties the room.</param>
internal sealed class RoomVisit(MediaItem item, string seen, string? target, string? written, OverwritePolicy existing, Action clear) : IDisposable
{
    /// <summary>The input as the worker sees it.</summary>
    public MediaItem Item { get; } = item with { Path = seen };

    /// <summary>Where the worker writes its result; null for none.</summary>
    public string? Target { get; } = written;

    /// <summary>Brings what the worker has made to where it belongs.</summary>
    /// <param name="result">What the worker says.</param>
    /// <returns>The same in the words of who knows nothing of rooms; a failure where it cannot be brought.</returns>
    public ItemResult Fetch(ItemResult result)
    {
        if (result is { Status: ItemStatus.Done } && Target is { } written && written != target && File.Exists(written))
        {
            try
            {
                Move(written, target!);
            }
            catch (VeilException error)
            {
                return result with { Status = ItemStatus.Failed, Error = new ItemError(error.Code.ToString(), "run", error.Message, error.Hint) };
            }
        }

        return result.Error is { } told ? result with { Error = told with { Message = Outside(told.Message) } } : result;
    }

    /// <inheritdoc/>
    public void Dispose() => clear();

    // In two steps: what comes from another file system is copied, and must not be seen by its name before it is whole.
    private void Move(string written, string target)
    {
        using var draft = new OutputFile(target, existing).Begin();
        try
        {
            File.Move(written, draft.Path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, "The result cannot be written: " + error.Message, "check the folder's permissions and free space", error);
        }

        draft.Complete();
    }

    private string Outside(string text)
    {
        text = text.Replace(seen, item.Path, StringComparison.Ordinal);
        return Target is { } written ? text.Replace(written, target, StringComparison.Ordinal) : text;
    }
}
