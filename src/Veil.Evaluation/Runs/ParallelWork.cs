using System.Runtime.ExceptionServices;

namespace Veil.Evaluation.Runs;

/// <summary>Work on many pictures at once whose first failure is thrown as it is, so that whoever asked learns what went wrong.</summary>
public static class ParallelWork
{
    /// <summary>Calls an action for each index, in no particular order.</summary>
    /// <param name="count">Indices from 0 on, 0 or more.</param>
    /// <param name="threads">How many at once, 1 or more.</param>
    /// <param name="work">Called from several threads.</param>
    /// <param name="cancel">Stops between calls.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static void For(int count, int threads, Action<int> work, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, work);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.Flatten().InnerExceptions[0]);
        }
    }
}
