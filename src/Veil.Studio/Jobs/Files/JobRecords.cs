using System.Globalization;
using System.Text.Json;
using Veil.Errors;

namespace Veil.Studio.Jobs.Files;

/// <summary>
/// Jobs as files: <c>records/ID.json</c> each, replaced as a whole, and an empty file <c>open/TIME-ID</c> for each job that has not
/// ended, so that finding work does not mean to read everything. Changes are made by whoever holds the queue's lock; reading
/// needs no lock. The marker is there before the record is and goes after the record has ended: a crash leaves a marker too many at most.
/// </summary>
internal sealed class JobRecords
{
    private const string Extension = ".json";
    private const string TemporaryExtension = ".tmp";
    private readonly string _records;
    private readonly string _open;
    private readonly JobIndex _index;

    /// <summary>Opens the records below a folder.</summary>
    public JobRecords(string folder)
    {
        _records = PrivateFolder.Open(Path.Combine(folder, "records"));
        _open = PrivateFolder.Open(Path.Combine(folder, "open"));
        DiskSync.Folder(folder);
        _index = new JobIndex(_records, Extension, Read);
    }

    /// <summary>Reads a job; null when there is none.</summary>
    public Job? Read(JobId id)
    {
        try
        {
            using var file = new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var document = new byte[file.Length];
            file.ReadExactly(document);
            return JobJson.Read(document);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException error)
        {
            throw new VeilException(VeilErrorCode.StoreUnavailable, $"The record of job {id} is damaged: {error.Message}", $"Restore or remove '{PathOf(id)}'.", error);
        }
    }

    /// <summary>What is asked of all jobs at once, in no order.</summary>
    public IReadOnlyList<JobIndexEntry> All() => _index.All();

    /// <summary>Reads the jobs that have not ended, the oldest first. Markers that crashes have left are passed over.</summary>
    public IEnumerable<Job> ReadOpen() => Markers().Select(marker => Read(marker.Id)).OfType<Job>().Where(job => !job.HasEnded);

    /// <summary>Writes a job. Needs the lock.</summary>
    public void Write(Job job)
    {
        var marker = MarkerOf(job);
        if (!job.HasEnded && !File.Exists(marker))
        {
            PrivateFolder.CreateFile(marker).Dispose();
            DiskSync.Folder(_open);
        }

        var temporary = Path.Combine(_records, job.Id + TemporaryExtension);
        using (var file = PrivateFolder.CreateFile(temporary, FileMode.Create))
        {
            file.Write(JobJson.Write(job));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, PathOf(job.Id), overwrite: true);
        DiskSync.Folder(_records);
        if (job.HasEnded)
        {
            File.Delete(marker);
        }
    }

    /// <summary>Forgets a job. Needs the lock.</summary>
    public void Delete(JobId id)
    {
        if (Read(id) is { } job)
        {
            File.Delete(PathOf(id));
            DiskSync.Folder(_records);
            File.Delete(MarkerOf(job));
        }
    }

    /// <summary>Deletes what crashes have left. Needs the lock.</summary>
    public void Tidy()
    {
        foreach (var temporary in Directory.GetFiles(_records, "*" + TemporaryExtension))
        {
            File.Delete(temporary);
        }

        foreach (var (id, path) in Markers().Where(marker => Read(marker.Id) is null or { HasEnded: true }).ToList())
        {
            File.Delete(path);
        }
    }

    private IEnumerable<(JobId Id, string Path)> Markers() => Directory.GetFiles(_open)
        .Order(StringComparer.Ordinal)
        .Select(path => (Id: JobId.TryParse(Path.GetFileName(path).Split('-')[^1]), Path: path))
        .Where(marker => marker.Id is not null)
        .Select(marker => (marker.Id!.Value, marker.Path));

    private string PathOf(JobId id) => Path.Combine(_records, id + Extension);

    private string MarkerOf(Job job) => Path.Combine(_open, string.Create(CultureInfo.InvariantCulture, $"{job.Created.UtcTicks:x16}-{job.Id}"));
}
