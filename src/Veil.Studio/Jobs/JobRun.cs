using Microsoft.Extensions.Logging;
using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>
/// One lease of one job, from taking it to its end. Nothing that it does counts unless the store accepts it from this lease. For
/// one use.
/// </summary>
internal sealed partial class JobRun(Job job, JobQueue queue, JobWork work, JobRunnerOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly long _lease = job.Lease!.Number;
    private readonly CancellationTokenSource _interrupt = new();
    private readonly Lock _gate = new();
    private Interruption _interruption;
    private Task _interrupting = Task.CompletedTask;

    private enum Interruption
    {
        None,
        Stopped,
        LeaseLost,
        Shutdown,
        TimedOut,
    }

    private IJobStore Store => queue.Store;

    private JobFolders Folders => queue.Folders;

    /// <summary>Runs the job.</summary>
    /// <param name="shutdown">Cancelled when the work is to stop and go back into the queue.</param>
    /// <param name="abandon">Cancelled when there is no more time for anything; the lease lapses by itself.</param>
    public async Task RunAsync(CancellationToken shutdown, CancellationToken abandon)
    {
        try
        {
            await (job.Publishing is { } settled ? PublishAsync(settled, abandon) : WorkAsync(shutdown, abandon));
            await _interrupting.WaitAsync(abandon);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            LogAbandoned(logger, job.Id.ToString(), _lease);
        }
        catch (VeilException error) when (StorePatience.MayPass(error))
        {
            LogLeft(logger, job.Id.ToString(), _lease, error.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _interrupt.Dispose();

    private async Task WorkAsync(CancellationToken shutdown, CancellationToken abandon)
    {
        if (TryPrepareStaging() is not { } staging)
        {
            await AskAsync(() => Store.ChangeAsync(job.Id, (newest, now) => newest.Release(_lease), abandon), abandon);
            await PauseAsync(shutdown);
            return;
        }

        Exception? failure = null;
        using (shutdown.UnsafeRegister(_ => Interrupt(Interruption.Shutdown), null))
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(abandon);
            var context = new JobContext(job, Folders, staging);
            var beating = BeatAsync(context, over.Token);
            try
            {
                LogStarted(logger, job.Id.ToString(), _lease, job.Attempts);
                await Task.Run(() => work(context, _interrupt.Token), CancellationToken.None).WaitAsync(abandon);
                await Task.Run(() => Folders.SyncStaging(job.Id, _lease), abandon);
            }
            catch (Exception error) when (!abandon.IsCancellationRequested)
            {
                failure = error;
            }
            finally
            {
                await over.CancelAsync();
                await beating;
            }

            if (failure is null)
            {
                await SettleAsync(context, abandon);
                return;
            }
        }

        await EndWithoutResultsAsync(failure, abandon);
    }

    // A disk without room is not the job's fault: it waits in the queue, and this runner does not take the next one at once.
    private string? TryPrepareStaging()
    {
        try
        {
            return Folders.PrepareStaging(job.Id, _lease);
        }
        catch (VeilException error) when (StorePatience.MayPass(error))
        {
            LogLeft(logger, job.Id.ToString(), _lease, error.Message);
            return null;
        }
    }

    private async Task PauseAsync(CancellationToken shutdown)
    {
        try
        {
            await Task.Delay(options.Poll, time, shutdown);
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested)
        {
            // The server is to end: there is nothing left to pause for.
        }
    }

    private async Task SettleAsync(JobContext context, CancellationToken abandon)
    {
        await AskAsync(() => Store.ChangeAsync(job.Id, (newest, now) => newest.Renew(_lease, options.Lease, context.Progress, now), abandon), abandon);
        var settled = await AskAsync(() => Store.ChangeAsync(job.Id, (newest, _) => newest.Settle(_lease), abandon), abandon);
        if (settled?.Publishing is { } lease)
        {
            await PublishAsync(lease, abandon);
        }
        else
        {
            Interrupt(settled is null ? Interruption.LeaseLost : Interruption.Stopped);
            await EndWithoutResultsAsync(new OperationCanceledException(), abandon);
        }
    }

    private async Task PublishAsync(long settled, CancellationToken abandon)
    {
        var published = await AskAsync(() => Task.Run(() => Folders.Publish(job.Id, settled), abandon), abandon);
        var ended = await AskAsync(
            () => Store.ChangeAsync(
                job.Id,
                (newest, now) => published ? newest.Finish(_lease, now) : newest.Fail(_lease, new JobError(
                    VeilErrorCode.UnexpectedFailure, "The results were made, but their folder is gone.", "Send the job again; whoever runs the server should look who deletes files in its folder."), now),
                abandon),
            abandon);
        await CleanAsync(ended, abandon);
    }

    private async Task EndWithoutResultsAsync(Exception failure, CancellationToken abandon)
    {
        var interruption = Reason();
        if (interruption == Interruption.LeaseLost)
        {
            LogLost(logger, job.Id.ToString(), _lease);
            await Task.Run(() => Folders.DeleteStaging(job.Id, _lease), abandon);
            return;
        }

        if (interruption == Interruption.None)
        {
            // The text of an error may name files, and people with them.
            LogFailed(logger, job.Id.ToString(), _lease, failure.GetType().Name, failure.StackTrace);
        }

        var ended = await AskAsync(() => Store.ChangeAsync(job.Id, (newest, now) => Without(newest, interruption, failure, now), abandon), abandon);
        await CleanAsync(ended, abandon);
    }

    // Whoever asked for it to stop is answered first: a work that is told to stop may fail in any way.
    private Job? Without(Job newest, Interruption interruption, Exception failure, DateTimeOffset now) =>
        newest.Stopped(_lease, now) ?? interruption switch
        {
            Interruption.Shutdown => newest.Release(_lease),
            Interruption.TimedOut => newest.Fail(_lease, new JobError(
                VeilErrorCode.TimedOut, $"Expected the job to be done within {options.TimeLimit}, but it was not.", "Send fewer or shorter files in one job, or ask whoever runs the server to raise the limit."), now),
            _ => newest.Fail(_lease, JobError.From(failure), now),
        };

    private async Task BeatAsync(JobContext context, CancellationToken over)
    {
        using var changes = Store.Signals.For(job.Id);
        var (begun, written) = (time.GetTimestamp(), time.GetTimestamp());
        var reported = context.Progress;
        while (true)
        {
            try
            {
                await changes.WaitAsync(options.Heartbeat, time, over);
                if (time.GetElapsedTime(begun) >= options.TimeLimit)
                {
                    Interrupt(Interruption.TimedOut);
                }

                // Writing wakes whoever follows the job, this loop too: woken early it only looks.
                var progress = context.Progress;
                var since = time.GetElapsedTime(written);
                var write = since >= options.Lease / 3 || (since >= options.Heartbeat && progress != reported);
                var newest = write
                    ? await Store.ChangeAsync(job.Id, (job, now) => job.Renew(_lease, options.Lease, progress, now), over)
                    : await Store.ReadAsync(job.Id, over);
                (written, reported) = write ? (time.GetTimestamp(), progress) : (written, reported);
                Heed(newest);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                return;
            }
            catch (VeilException error) when (StorePatience.MayPass(error))
            {
                // The work goes on: whether the lease still holds shows when the store is back.
                LogUnreachable(logger, job.Id.ToString(), error.Message);
            }
        }
    }

    private void Heed(Job? newest)
    {
        if (newest?.Lease?.Number != _lease)
        {
            Interrupt(Interruption.LeaseLost);
        }
        else if (newest.Stop is not null)
        {
            Interrupt(Interruption.Stopped);
        }
    }

    // The first reason counts, but a lost lease always does: then there is nothing left to say.
    private void Interrupt(Interruption reason)
    {
        lock (_gate)
        {
            _interruption = reason == Interruption.LeaseLost || _interruption == Interruption.None ? reason : _interruption;
            if (!_interrupt.IsCancellationRequested)
            {
                // Not on this thread: what a work has registered for its token may take its time.
                _interrupting = _interrupt.CancelAsync();
            }
        }
    }

    private Interruption Reason()
    {
        lock (_gate)
        {
            return _interruption;
        }
    }

    private async Task CleanAsync(Job? ended, CancellationToken abandon)
    {
        if (ended is null)
        {
            LogLost(logger, job.Id.ToString(), _lease);
            return;
        }

        LogEnded(logger, job.Id.ToString(), _lease, ended.State);
        if (ended.HasEnded)
        {
            await JobCleaning.CleanAsync(Store, Folders, ended, abandon);
        }
        else
        {
            await Task.Run(() => Folders.DeleteStaging(job.Id, _lease), abandon);
        }
    }

    private Task<T> AskAsync<T>(Func<Task<T>> question, CancellationToken abandon) => StorePatience.AskAsync(question, time, abandon);

    [LoggerMessage(1, LogLevel.Information, "Job {Job} started, lease {Lease}, attempt {Attempt}")]
    private static partial void LogStarted(ILogger logger, string job, long lease, int attempt);

    [LoggerMessage(2, LogLevel.Information, "Job {Job}, lease {Lease}: now {State}")]
    private static partial void LogEnded(ILogger logger, string job, long lease, JobState state);

    [LoggerMessage(3, LogLevel.Warning, "Job {Job}: lease {Lease} is lost, another server has the job")]
    private static partial void LogLost(ILogger logger, string job, long lease);

    [LoggerMessage(4, LogLevel.Error, "Job {Job}, lease {Lease} failed: {Error}\n{Trace}")]
    private static partial void LogFailed(ILogger logger, string job, long lease, string error, string? trace);

    [LoggerMessage(5, LogLevel.Warning, "Job {Job}: the store cannot be reached: {Problem}")]
    private static partial void LogUnreachable(ILogger logger, string job, string problem);

    [LoggerMessage(6, LogLevel.Warning, "Job {Job}, lease {Lease}: left to another server, there was no time to put it back")]
    private static partial void LogAbandoned(ILogger logger, string job, long lease);

    [LoggerMessage(7, LogLevel.Warning, "Job {Job}, lease {Lease}: left as it is, to be gone on with later: {Problem}")]
    private static partial void LogLeft(ILogger logger, string job, long lease, string problem);
}
