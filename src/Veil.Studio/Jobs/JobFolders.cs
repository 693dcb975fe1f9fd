using System.Globalization;
using Veil.Errors;
using static Veil.Studio.Jobs.StorageErrors;

namespace Veil.Studio.Jobs;

/// <summary>
/// The folders of jobs: originals and results. Below the root lie <c>uploads/</c>, where jobs are put together before they are
/// accepted, and <c>jobs/ID/</c> with <c>input/</c>, <c>output/</c>, and <c>output.N/</c> for what lease N has made so far. Servers
/// that share a queue share this folder. Thread-safe.
/// </summary>
internal sealed class JobFolders
{
    private const string GoneExtension = ".gone";
    private readonly string _uploads;
    private readonly string _jobs;

    /// <summary>Opens the root, or makes it.</summary>
    /// <param name="root">Full path.</param>
    /// <param name="reserveBytes">No upload is taken when less than this is free on the disk.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.UnsafeFolder"/>: others can look into it. <see cref="VeilErrorCode.StoreUnavailable"/>: it cannot be used.
    /// </exception>
    public JobFolders(string root, long reserveBytes = DefaultReserveBytes)
    {
        (Root, ReserveBytes) = (Path.GetFullPath(root), reserveBytes);
        (_uploads, _jobs) = (Path.Combine(Root, "uploads"), Path.Combine(Root, "jobs"));
        Guarded(() =>
        {
            PrivateFolder.Open(Root);
            PrivateFolder.Open(_uploads);
            PrivateFolder.Open(_jobs);
            DiskSync.Folder(Root);
        });
    }

    /// <summary>256 MiB.</summary>
    public const long DefaultReserveBytes = 256L << 20;

    /// <summary>Its full path.</summary>
    public string Root { get; }

    /// <summary>How much of the disk has to stay free.</summary>
    public long ReserveBytes { get; }

    /// <summary>Where a job's originals are.</summary>
    public string Input(JobId id) => Path.Combine(Of(id), "input");

    /// <summary>Where an uploaded original is.</summary>
    public string Input(JobId id, JobInput input) => input.ServerPath ?? Path.Combine(Input(id), input.StoredName);

    /// <summary>Where a job's results are once it is done; complete or not there.</summary>
    public string Output(JobId id) => Path.Combine(Of(id), "output");

    /// <summary>Where a lease's results are put together.</summary>
    public string Staging(JobId id, long lease) => Path.Combine(Of(id), "output." + lease.ToString(CultureInfo.InvariantCulture));

    /// <summary>Begins to put a job together.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.StorageFull"/>, <see cref="VeilErrorCode.StoreUnavailable"/>.</exception>
    public UploadFolder BeginUpload(JobId id)
    {
        RequireRoom();
        return Guarded(() => UploadFolder.Create(Path.Combine(_uploads, id.ToString()), Of(id)));
    }

    /// <summary>Uploads of which nobody knows whether they were accepted: their server was ended, or is at it right now.</summary>
    public IReadOnlyList<JobId> OpenUploads() => Guarded<IReadOnlyList<JobId>>(() =>
        [.. UploadFolder.LocksIn(_uploads).Select(JobId.TryParse).Where(id => id is not null).Select(id => id!.Value)]);

    /// <summary>Takes over an upload that its server has left behind; null when it is still at it.</summary>
    public UploadFolder? TakeAbandoned(JobId id) => Guarded(() => UploadFolder.TryTake(Path.Combine(_uploads, id.ToString()), Of(id)));

    /// <summary>Makes an empty folder for the results of a lease, and deletes what older leases have left.</summary>
    public string PrepareStaging(JobId id, long lease) => Guarded(() =>
    {
        foreach (var left in StagingOf(id))
        {
            try
            {
                PrivateFolder.Delete(left);
            }
            catch (IOException)
            {
                // Whoever has lost its lease still writes there. It is deleted when the job has ended.
            }
        }

        return PrivateFolder.Create(Staging(id, lease));
    });

    /// <summary>Deletes what a lease has made.</summary>
    public void DeleteStaging(JobId id, long lease) => Guarded(() => PrivateFolder.Delete(Staging(id, lease)));

    /// <summary>Makes the results of a lease durable where they are.</summary>
    public void SyncStaging(JobId id, long lease) => Guarded(() =>
    {
        DiskSync.Tree(Staging(id, lease));
        DiskSync.Folder(Of(id));
    });

    /// <summary>
    /// Puts the results of a lease in their place, in one step. Once it is settled which lease's they are, this may be called any
    /// number of times, by anybody.
    /// </summary>
    /// <returns>False when they are neither here nor there.</returns>
    public bool Publish(JobId id, long lease) => Guarded(() =>
    {
        try
        {
            Directory.Move(Staging(id, lease), Output(id));
        }
        catch (IOException) when (Directory.Exists(Output(id)))
        {
            // Another runner has done it, or this one before it broke off.
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }

        DiskSync.Folder(Of(id));
        return true;
    });

    /// <summary>Deletes a job's originals and all that is not its result.</summary>
    public void DeleteAllButResults(JobId id) => Guarded(() =>
    {
        PrivateFolder.Delete(Input(id));
        foreach (var left in StagingOf(id))
        {
            PrivateFolder.Delete(left);
        }
    });

    /// <summary>Deletes a job's originals.</summary>
    public void DeleteInputs(JobId id) => Guarded(() => PrivateFolder.Delete(Input(id)));

    /// <summary>Deletes everything of a job; its results vanish in one step.</summary>
    public void Delete(JobId id) => Guarded(() =>
    {
        var gone = Of(id) + GoneExtension;
        PrivateFolder.Delete(gone);
        if (Directory.Exists(Of(id)))
        {
            Directory.Move(Of(id), gone);
            PrivateFolder.Delete(gone);
        }
    });

    /// <summary>Jobs of which something lies here that has not changed for some time.</summary>
    /// <param name="before">Before when it changed last.</param>
    public IReadOnlyList<JobId> UnchangedSince(DateTimeOffset before) => Guarded<IReadOnlyList<JobId>>(() =>
        [.. new DirectoryInfo(_jobs).EnumerateDirectories()
            .Where(folder => IsUnchangedSince(folder, before))
            .Select(folder => JobId.TryParse(Path.GetFileNameWithoutExtension(folder.Name)))
            .OfType<JobId>().Distinct()]);

    /// <summary>Tries whether the folder can be written to, and has room.</summary>
    public Task<StoreHealth> CheckAsync() => StoreHealth.OfAsync(() => Task.Run(() =>
    {
        RequireRoom();
        Guarded(() =>
        {
            var probe = Path.Combine(_uploads, "probe." + JobId.New());
            using (var file = PrivateFolder.CreateFile(probe))
            {
                file.WriteByte(0);
                file.Flush(flushToDisk: true);
            }

            File.Delete(probe);
        });
    }));

    /// <summary>Refuses to go on when the disk is nearly full.</summary>
    public void RequireRoom()
    {
        if (Guarded(() => new DriveInfo(Root).AvailableFreeSpace) < ReserveBytes)
        {
            throw StorageErrors.NoRoom();
        }
    }

    private string Of(JobId id) => Path.Combine(_jobs, id.ToString());

    private static bool IsUnchangedSince(DirectoryInfo folder, DateTimeOffset before)
    {
        try
        {
            return folder.EnumerateDirectories().Append(folder).All(part => part.LastWriteTimeUtc < before.UtcDateTime);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was first.
            return false;
        }
    }

    // Not by a pattern: output.* would find output as well.
    private string[] StagingOf(JobId id) => Directory.Exists(Of(id))
        ? Array.FindAll(Directory.GetDirectories(Of(id)), folder => Path.GetFileName(folder).StartsWith("output.", StringComparison.Ordinal))
        : [];
}
