namespace Veil.Studio.Jobs;

/// <summary>
/// Deletes what is due of a job. Files go before the note that they are gone, so that a crash in between only means to do it again;
/// any number of processes may do it at once.
/// </summary>
internal static class JobCleaning
{
    /// <summary>Deletes what is due.</summary>
    /// <param name="store">Keeps the job.</param>
    /// <param name="folders">Where its files are.</param>
    /// <param name="job">Its newest version.</param>
    /// <param name="cancellationToken">Gives up; what is left is done another time.</param>
    public static async Task CleanAsync(IJobStore store, JobFolders folders, Job job, CancellationToken cancellationToken)
    {
        var now = await store.NowAsync(cancellationToken);
        if (!job.HasEnded)
        {
            if (job.InputsDue <= now && job.InputsDeleted is null)
            {
                await ExpireAsync(store, folders, job.Id, cancellationToken);
            }

            return;
        }

        if (job.RemovalAsked is not null || job.ResultsDue <= now)
        {
            await Task.Run(() => folders.Delete(job.Id), cancellationToken);
            await store.DeleteAsync(job.Id, cancellationToken);
        }
        else if (job.InputsDeleted is null)
        {
            await Task.Run(() => folders.DeleteAllButResults(job.Id), cancellationToken);
            await store.ChangeAsync(job.Id, (newest, when) => newest.InputsGone(when), cancellationToken);
        }
    }

    private static async Task ExpireAsync(IJobStore store, JobFolders folders, JobId id, CancellationToken cancellationToken)
    {
        if (await store.ChangeAsync(id, (job, now) => job.AskToStop(JobStop.Expired, now), cancellationToken) is not null)
        {
            // Whoever still works on it loses the originals under its hands: what was promised to be gone is gone.
            await Task.Run(() => folders.DeleteInputs(id), cancellationToken);
            await store.ChangeAsync(id, (job, now) => job.InputsGone(now), cancellationToken);
        }
    }
}
