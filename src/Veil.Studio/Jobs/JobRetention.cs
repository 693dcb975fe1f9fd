using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>Deletes what is due, what uploads that were broken off have left, and what belongs to no job that is known. Any number of servers may do it at once.</summary>
internal sealed partial class JobRetention(JobQueue queue, TimeProvider time, ILogger<JobRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    /// <summary>Goes through everything once.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.StoreUnavailable"/>, <see cref="VeilErrorCode.StorageFull"/>.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var job in await queue.Store.DueAsync(cancellationToken))
        {
            await TryAsync(job.Id, () => JobCleaning.CleanAsync(queue.Store, queue.Folders, job, cancellationToken));
        }

        foreach (var id in queue.Folders.OpenUploads())
        {
            await TryAsync(id, () => SweepUploadAsync(id, cancellationToken));
        }

        foreach (var id in queue.Folders.UnchangedSince(time.GetUtcNow() - queue.KeepUnknown))
        {
            await TryAsync(id, () => SweepUnknownAsync(id, cancellationToken));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Between, time);
            do
            {
                try
                {
                    await SweepAsync(stoppingToken);
                }
                catch (VeilException error) when (StorePatience.MayPass(error))
                {
                    LogUnreachable(logger, error.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is to end.
        }
    }

    private async Task SweepUploadAsync(JobId id, CancellationToken cancellationToken)
    {
        using var upload = queue.Folders.TakeAbandoned(id);
        if (upload is null)
        {
            return;
        }

        if (await queue.Store.ReadAsync(id, cancellationToken) is null)
        {
            await Task.Run(upload.Discard, cancellationToken);
            LogSwept(logger, id.ToString());
        }

        upload.Close();
    }

    // Of a database that was lost, or a record that somebody removed.
    private async Task SweepUnknownAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await queue.Store.ReadAsync(id, cancellationToken) is null)
        {
            await Task.Run(() => queue.Folders.Delete(id), cancellationToken);
            LogUnknown(logger, id.ToString());
        }
    }

    // One that cannot be deleted must not keep the others.
    private async Task TryAsync(JobId id, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception error) when (error is VeilException || StorageErrors.IsStorage(error))
        {
            LogFailed(logger, id.ToString(), error.GetType().Name);
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "Nothing can be deleted, the store cannot be reached: {Problem}")]
    private static partial void LogUnreachable(ILogger logger, string problem);

    [LoggerMessage(21, LogLevel.Information, "Job {Job}: the upload was broken off; what it left is deleted")]
    private static partial void LogSwept(ILogger logger, string job);

    [LoggerMessage(22, LogLevel.Error, "Job {Job}: what is due cannot be deleted ({Error}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string job, string error);

    [LoggerMessage(23, LogLevel.Warning, "Job {Job}: nobody knows it; what was left of it is deleted")]
    private static partial void LogUnknown(ILogger logger, string job);
}
