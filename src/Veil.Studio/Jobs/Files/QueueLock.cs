using Veil.Errors;

namespace Veil.Studio.Jobs.Files;

/// <summary>
/// A lock among everybody who has a folder open: threads, processes, and machines where the folder is shared. The system gives it
/// back when its holder ends, however that happens. Thread-safe.
/// </summary>
internal sealed class QueueLock(string path) : IDisposable
{
    // Nobody holds it for longer than a few writes take, unless they were halted.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const int LongestPauseMilliseconds = 10;
    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];
    private readonly SemaphoreSlim _own = new(1);

    /// <summary>Does something that nobody else does at the same time, on a thread that may wait.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.StoreUnavailable"/>, <see cref="VeilErrorCode.StorageFull"/>.</exception>
    public async Task<T> RunAsync<T>(Func<T> action, CancellationToken cancellationToken)
    {
        await _own.WaitAsync(cancellationToken);
        try
        {
            await using var held = await TakeAsync(cancellationToken);
            // Begun is begun: what has changed half is the next one's trouble.
            return await Task.Run(action, CancellationToken.None);
        }
        catch (Exception error) when (StorageErrors.IsStorage(error))
        {
            throw StorageErrors.Translate(error);
        }
        finally
        {
            _own.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _own.Dispose();

    private async Task<FileStream> TakeAsync(CancellationToken cancellationToken)
    {
        for (var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds; ;)
        {
            try
            {
                return PrivateFolder.CreateFile(path, FileMode.OpenOrCreate);
            }
            catch (IOException error) when (Array.IndexOf(Taken, error.HResult) >= 0)
            {
                if (Environment.TickCount64 > until)
                {
                    throw new VeilException(
                        VeilErrorCode.StoreUnavailable, $"Another program has held the lock of the job queue for {Patience.TotalSeconds} s.", "End or continue the veil serve that was halted.", error);
                }
            }

            await Task.Delay(Random.Shared.Next(1, LongestPauseMilliseconds), cancellationToken);
        }
    }
}
