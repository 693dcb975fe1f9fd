using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>Asks a store again while it cannot be reached: what was worked for is not given up because a database restarts.</summary>
internal static class StorePatience
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>True for what passes.</summary>
    public static bool MayPass(VeilException error) => error.Code is VeilErrorCode.StoreUnavailable or VeilErrorCode.StorageFull;

    /// <summary>How long to wait after so many failures.</summary>
    public static TimeSpan After(int failures) => failures > 6 ? Longest : First * (1 << failures) is var pause && pause < Longest ? pause : Longest;

    /// <summary>Asks until there is an answer.</summary>
    public static async Task<T> AskAsync<T>(Func<Task<T>> question, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await question();
            }
            catch (VeilException error) when (MayPass(error))
            {
                await Task.Delay(After(failures), time, cancellationToken);
            }
        }
    }
}
