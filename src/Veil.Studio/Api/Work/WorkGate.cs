using System.Collections.Concurrent;
using System.Diagnostics;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.Telemetry;

namespace Veil.Studio.Api.Work;

/// <summary>
/// Lets as many pictures in as are worked on at a time, keeps a few waiting, and sends everybody else away with a word on when to come
/// again: a server that takes more than it can do serves nobody. Thread-safe.
/// </summary>
internal sealed class WorkGate(ApiLimits limits) : IDisposable
{
    private const double Memory = 0.9;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _slots = new(limits.Concurrency);
    private readonly ConcurrentDictionary<string, int> _perKey = new(StringComparer.Ordinal);
    private int _waiting;
    private double _seconds = 1;

    /// <summary>Pictures that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Refuses at once what would be refused anyway, before an upload is read.</summary>
    /// <exception cref="ApiException"><see cref="ApiErrors.ServerBusy"/>.</exception>
    public void RequireRoom(string owner)
    {
        if ((_slots.CurrentCount == 0 && Waiting >= limits.Waiting) || (limits.PerKey > 0 && _perKey.GetValueOrDefault(owner) >= limits.PerKey))
        {
            throw Busy();
        }
    }

    /// <summary>Waits for a turn.</summary>
    /// <param name="owner">Id of the key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>To be disposed when the work has ended.</returns>
    /// <exception cref="ApiException"><see cref="ApiErrors.ServerBusy"/>.</exception>
    public async Task<IDisposable> EnterAsync(string owner, CancellationToken cancellationToken)
    {
        var mine = _perKey.AddOrUpdate(owner, 1, (_, count) => count + 1);
        var entered = false;
        try
        {
            if (limits.PerKey > 0 && mine > limits.PerKey)
            {
                throw Busy();
            }

            await WaitAsync(cancellationToken);
            entered = true;
            return new Turn(this, owner);
        }
        finally
        {
            if (!entered)
            {
                Leave(owner);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        using var activity = ApiTelemetry.Source.StartActivity("queue wait");
        if (!_slots.Wait(0, CancellationToken.None))
        {
            try
            {
                if (Interlocked.Increment(ref _waiting) > limits.Waiting)
                {
                    throw Busy();
                }

                await _slots.WaitAsync(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }

        ApiTelemetry.Waited(Stopwatch.GetElapsedTime(begun));
    }

    // As long as those before take, by what pictures took lately.
    private ApiException Busy()
    {
        var wait = TimeSpan.FromSeconds(Volatile.Read(ref _seconds) * (Waiting + 1) / limits.Concurrency);
        return new ApiException(ApiErrors.ServerBusy, "The server works on as many pictures as it takes at a time, and as many wait as may.")
        {
            RetryAfter = wait > LongestWait ? LongestWait : wait,
        };
    }

    private void Leave(string owner)
    {
        while (_perKey.TryGetValue(owner, out var count))
        {
            if (count > 1 ? _perKey.TryUpdate(owner, count - 1, count) : _perKey.TryRemove(new KeyValuePair<string, int>(owner, count)))
            {
                return;
            }
        }
    }

    private sealed class Turn(WorkGate gate, string owner) : IDisposable
    {
        private readonly long _begun = Stopwatch.GetTimestamp();
        private readonly IDisposable _working = ApiTelemetry.Work();
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
            {
                return;
            }

            // A race loses one figure of an estimate, no more.
            gate._seconds = (Memory * gate._seconds) + ((1 - Memory) * Stopwatch.GetElapsedTime(_begun).TotalSeconds);
            _working.Dispose();
            gate._slots.Release();
            gate.Leave(owner);
        }
    }
}
