using System.Runtime.ExceptionServices;

namespace Veil.Evaluation.Utility;

/// <summary>The same work for many things at the same time, failing as it would in turn.</summary>
internal static class SideBySide
{
    /// <summary>Calls for every index; of several failures that of the lowest index is thrown, however threads run.</summary>
    /// <param name="count">Indices from 0.</param>
    /// <param name="workers">Calls at the same time, at most.</param>
    /// <param name="work">Called from several threads.</param>
    /// <param name="cancel">Stops.</param>
    public static void For(int count, int workers, Action<int> work, CancellationToken cancel)
    {
        var failures = new Exception?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel }, (index, loop) =>
        {
            try
            {
                work(index);
            }
            catch (Exception error)
            {
                failures[index] = error;
                loop.Break();
            }
        });
        if (Array.Find(failures, failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
