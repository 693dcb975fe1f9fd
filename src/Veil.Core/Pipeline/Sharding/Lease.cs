using System.Text.Json;
using Veil.Errors;

namespace Veil.Pipeline.Sharding;

/// <summary>How leases are kept.</summary>
/// <param name="Beat">How often a holder says that it is alive.</param>
/// <param name="Lapse">After how long without a beat a lease is nobody's.</param>
public sealed record LeaseTerms(TimeSpan Beat, TimeSpan Lapse)
{
    /// <summary>A beat in 5 seconds, and a lapse after 30.</summary>
    public static LeaseTerms Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
}

/// <summary>What to do while somebody else holds a lease.</summary>
public enum LeaseConflict
{
    /// <summary>Give up as soon as the holder is seen to be alive.</summary>
    Refuse,

    /// <summary>Wait until it lapses or is no longer wanted.</summary>
    Wait,
}

/// <summary>
/// A file that says which process works on something, for shared folders whose locks do not reach other machines. The holder
/// renews it; a lease that no longer changes is nobody's. Clocks are never compared: whoever wants it watches it with their own.
/// It keeps work from being done twice. That the results are right does not depend on it: two processes that both hold it for
/// a moment write the same bytes, each under a temporary name of its own.
/// </summary>
public sealed class Lease : IDisposable
{
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private readonly LeaseTerms _terms;
    private LeaseRecord _mine;
    private long _lastBeat;
    private long _finished;
    private bool _disposed;

    private Lease(string path, LeaseRecord mine, LeaseTerms terms, TimeProvider time)
    {
        (_path, _mine, _terms, _time, _lastBeat) = (path, mine, terms, time, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Beat(), null, terms.Beat, terms.Beat);
    }

    /// <summary>Cancelled when another process has taken the lease over, or might have: this one was silent for too long.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes a lease.</summary>
    /// <param name="path">Full path of its file; its folder is there.</param>
    /// <param name="terms">How it is kept.</param>
    /// <param name="conflict">What to do while somebody holds it.</param>
    /// <param name="wanted">Asked before each look; where it says no, null is returned.</param>
    /// <param name="waiting">Told once who is being waited for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: somebody alive holds it, or it cannot be written.</exception>
    public static Lease? Take(
        string path, LeaseTerms terms, LeaseConflict conflict, Func<bool> wanted, Action<LeaseRecord> waiting, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(waiting);
        ArgumentNullException.ThrowIfNull(time);
        LeaseRecord? seen = null;
        var since = time.GetTimestamp();
        try
        {
            while (wanted())
            {
                var holder = LeaseRecord.TryRead(path);
                var mine = LeaseRecord.Mine(time);
                if (holder is null or { HasEnded: true } || (holder == seen && time.GetElapsedTime(since) >= terms.Lapse))
                {
                    if (TryWrite(path, mine, replace: holder is not null || File.Exists(path)))
                    {
                        return new Lease(path, mine, terms, time);
                    }
                }
                else if (seen is null)
                {
                    (seen, since) = (holder, time.GetTimestamp());
                    waiting(holder);
                }
                else if (holder != seen)
                {
                    if (conflict == LeaseConflict.Refuse)
                    {
                        throw new VeilException(VeilErrorCode.UnwritableOutput, $"This shard is being worked on by {holder}.", "Let it finish, or end it and start this one again.");
                    }

                    (seen, since) = (holder, time.GetTimestamp());
                }

                cancellationToken.WaitHandle.WaitOne(terms.Beat / 5);
                cancellationToken.ThrowIfCancellationRequested();
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The lease '{path}' cannot be used: {error.Message}", "Check that you may write to the output folder, and that it has room.", error);
        }
    }

    /// <summary>Says that one more item is finished. Thread-safe.</summary>
    public void Finished() => Interlocked.Increment(ref _finished);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _timer.Dispose();
            if (!_lost.IsCancellationRequested && LeaseRecord.TryRead(_path)?.Token == _mine.Token)
            {
                File.Delete(_path);
            }

            _lost.Dispose();
        }
    }

    private void Beat()
    {
        lock (_gate)
        {
            if (_disposed || _lost.IsCancellationRequested)
            {
                return;
            }

            try
            {
                // Gone means that the shared folder forgot it, not that somebody else took it.
                if (LeaseRecord.TryRead(_path) is { } holder && holder.Token != _mine.Token)
                {
                    _lost.Cancel();
                    return;
                }

                _mine = _mine with { Beat = _time.GetUtcNow(), Finished = Interlocked.Read(ref _finished) };
                TryWrite(_path, _mine, replace: true);
                _lastBeat = _time.GetTimestamp();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // One beat less. Whoever is silent for long has to count on having lost the lease.
                if (_time.GetElapsedTime(_lastBeat) >= _terms.Lapse)
                {
                    _lost.Cancel();
                }
            }
        }
    }

    private static bool TryWrite(string path, LeaseRecord record, bool replace)
    {
        var temporary = TemporaryFile.For(path);
        try
        {
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(record));
            File.Move(temporary, path, overwrite: replace);
            return true;
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            File.Delete(temporary);
            return false;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
