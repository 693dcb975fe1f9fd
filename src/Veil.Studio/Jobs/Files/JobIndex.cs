namespace Veil.Studio.Jobs.Files;

/// <summary>What is asked of all jobs at once; the rest stands in the records.</summary>
/// <param name="Id">The job.</param>
/// <param name="Owner">Id of the API key that it belongs to.</param>
/// <param name="Created">When it was accepted.</param>
/// <param name="State">Where it is on its way.</param>
/// <param name="Due">When something of it has to be deleted next.</param>
internal sealed record JobIndexEntry(JobId Id, string Owner, DateTimeOffset Created, JobState State, DateTimeOffset Due);

/// <summary>
/// What is asked of all jobs at once, in memory, so that only records that have changed are read again: other processes change them,
/// too. Thread-safe.
/// </summary>
/// <param name="folder">The folder of records.</param>
/// <param name="extension">How their names end.</param>
/// <param name="read">Reads one; null when it is gone.</param>
internal sealed class JobIndex(string folder, string extension, Func<JobId, Job?> read)
{
    // File systems tell times in steps of some milliseconds: a record that changed just now may change again within the same.
    private static readonly TimeSpan Unsettled = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private Dictionary<JobId, Known> _known = [];

    /// <summary>Every job that there is, in no order.</summary>
    public IReadOnlyList<JobIndexEntry> All()
    {
        lock (_gate)
        {
            var (now, next) = (DateTime.UtcNow, new Dictionary<JobId, Known>(_known.Count));
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + extension))
            {
                if (JobId.TryParse(Path.GetFileNameWithoutExtension(file.Name)) is { } id && Look(id, file, now) is { } known)
                {
                    next[id] = known;
                }
            }

            _known = next;
            return [.. next.Values.Select(known => known.Entry)];
        }
    }

    private Known? Look(JobId id, FileInfo file, DateTime now)
    {
        try
        {
            var (changed, length) = (file.LastWriteTimeUtc, file.Length);
            if (_known.TryGetValue(id, out var known) && known.IsSettled && known.Changed == changed && known.Length == length)
            {
                return known;
            }

            return read(id) is { } job ? new Known(new JobIndexEntry(job.Id, job.Owner, job.Created, job.State, job.Due), changed, length, now - changed > Unsettled) : null;
        }
        catch (FileNotFoundException)
        {
            // Deleted since the folder was listed.
            return null;
        }
    }

    private sealed record Known(JobIndexEntry Entry, DateTime Changed, long Length, bool IsSettled);
}
