using Veil.Errors;
using Veil.Studio.Jobs;

namespace Veil.Studio.Tests.Jobs;

[Collection(JobTests.Name)]
public sealed class JobRetentionTests(SharedPostgres postgres)
{
    [Theory, OnFiles, OnPostgres]
    public async Task Results_go_when_their_time_is_over_and_the_job_with_them(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var job = await QueueLab.SubmitAsync(queue);
        await DoneAsync(lab, queue, job.Id);
        var sweep = JobRunnerTests.Sweeping(queue);

        lab.Time.Advance(lab.Options.KeepResults - TimeSpan.FromSeconds(1));
        await sweep.SweepAsync(default);
        Assert.Equal(["output"], Directory.GetDirectories(FolderOf(lab, job.Id)).Select(Path.GetFileName));
        Assert.NotNull((await queue.FindAsync(QueueLab.Owner, job.Id, default))!.InputsDeleted);

        lab.Time.Advance(TimeSpan.FromSeconds(1));
        await sweep.SweepAsync(default);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(lab.Root, "jobs")));
        Assert.Null(await queue.FindAsync(QueueLab.Owner, job.Id, default));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Originals_go_when_their_time_is_over_whatever_happens(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var (running, waiting) = (await lab.AddAsync(queue), await lab.AddAsync(queue));
        await queue.Store.ClaimAsync(QueueLab.Terms, default);
        var sweep = JobRunnerTests.Sweeping(queue);

        // Somebody holds on to it all the while.
        lab.Time.Advance(lab.Options.KeepOriginals - TimeSpan.FromSeconds(10));
        await queue.Store.ChangeAsync(running.Id, (job, now) => job.Renew(1, QueueLab.Lease, JobProgress.None, now), default);
        await sweep.SweepAsync(default);
        Assert.True(File.Exists(lab.Folders.Input(running.Id, running.Inputs[0])));
        lab.Time.Advance(TimeSpan.FromSeconds(10));
        await sweep.SweepAsync(default);

        Assert.Empty(Directory.GetFiles(Path.Combine(lab.Root, "jobs"), "*", SearchOption.AllDirectories));
        var stopping = await queue.FindAsync(QueueLab.Owner, running.Id, default);
        Assert.Equal((JobState.Running, JobStop.Expired), (stopping!.State, stopping.Stop!.Value));
        var stopped = await queue.Store.ChangeAsync(running.Id, (job, now) => job.Stopped(1, now), default);
        Assert.Equal((JobState.Failed, VeilErrorCode.TimedOut), (stopped!.State, stopped.Error!.Code));
        var expired = await queue.FindAsync(QueueLab.Owner, waiting.Id, default);
        Assert.Equal((JobState.Failed, VeilErrorCode.TimedOut), (expired!.State, expired.Error!.Code));
        Assert.Empty(await queue.Store.DueAsync(default));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_deletion_that_a_crash_broke_off_is_gone_on_with(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var job = await QueueLab.SubmitAsync(queue);
        var killed = new KillableStore(queue.Store, changed => changed.RemovalAsked is not null);
        _ = lab.Queue(killed).DeleteAsync(QueueLab.Owner, job.Id, default);
        await killed.DeadAsync();
        Assert.True(Directory.Exists(lab.Folders.Input(job.Id)));

        await JobRunnerTests.Sweeping(queue).SweepAsync(default);

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(lab.Root, "jobs")));
        Assert.Null(await queue.FindAsync(QueueLab.Owner, job.Id, default));
    }

    [Fact]
    public async Task Files_on_the_server_are_read_and_never_deleted()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        using var folder = new TemporaryFolder();
        var path = folder.Write("film.mp4", [1, 2, 3]);
        var queue = await lab.OpenAsync();
        await using var draft = queue.Draft(QueueLab.Owner);
        var input = draft.AddServerPath("film.mp4", path, 3);
        var job = await draft.SubmitAsync(QueueLab.Settings(), default);

        Assert.Equal(path, lab.Folders.Input(job.Id, input));
        Assert.Equal(JobRemoval.Deleted, await queue.DeleteAsync(QueueLab.Owner, job.Id, default));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_and_no_job()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        var queue = await lab.OpenAsync();
        await using (var draft = queue.Draft(QueueLab.Owner))
        {
            await draft.AddAsync("a.jpg", new MemoryStream([1]), 10, default);
            await Assert.ThrowsAsync<EndOfStreamException>(() => draft.AddAsync("b.jpg", new BrokenStream(), 10, default));
        }

        await using (var draft = queue.Draft(QueueLab.Owner))
        {
            var tooLong = await Assert.ThrowsAsync<VeilException>(() => draft.AddAsync("a.jpg", new MemoryStream(new byte[11]), 10, default));
            Assert.Equal(VeilErrorCode.LimitExceeded, tooLong.Code);
        }

        await using (var draft = queue.Draft(QueueLab.Owner))
        {
            Assert.Equal(VeilErrorCode.InvalidOption, (await Assert.ThrowsAsync<VeilException>(() => draft.SubmitAsync(QueueLab.Settings(), default))).Code);
        }

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(lab.Root, "uploads")));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(lab.Root, "jobs")));
        Assert.Empty(await queue.ListAsync(new JobQuery { Owner = QueueLab.Owner }, default));
    }

    [Fact]
    public async Task Uploads_whose_server_died_are_swept_and_those_going_on_are_not()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        var queue = await lab.OpenAsync();
        var folders = lab.Folders;
        var (unfinished, placed, accepted) = (JobId.New(), JobId.New(), await QueueLab.SubmitAsync(queue));
        using (var upload = folders.BeginUpload(unfinished))
        {
            await File.WriteAllTextAsync(Path.Combine(upload.Input, "0001.jpg"), "a face");
        }

        using (var upload = folders.BeginUpload(placed))
        {
            await File.WriteAllTextAsync(Path.Combine(upload.Input, "0001.jpg"), "a face");
            upload.Place();
        }

        // Accepted, but its server died before it could say so.
        await File.WriteAllTextAsync(Path.Combine(lab.Root, "uploads", $"{accepted.Id}.lock"), "");
        await using var alive = queue.Draft(QueueLab.Owner);
        await alive.AddAsync("a.jpg", new MemoryStream([1]), 10, default);

        await JobRunnerTests.Sweeping(queue).SweepAsync(default);

        Assert.Equal([$"{accepted.Id}"], Directory.GetDirectories(Path.Combine(lab.Root, "jobs")).Select(Path.GetFileName));
        Assert.Equal([$"{alive.Id}", $"{alive.Id}.lock"], Directory.GetFileSystemEntries(Path.Combine(lab.Root, "uploads")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(alive.Id, (await alive.SubmitAsync(QueueLab.Settings(), default)).Id);
    }

    [Fact]
    public async Task A_job_whose_acceptance_nobody_heard_of_is_not_lost_and_one_that_was_not_accepted_leaves_nothing()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        var queue = await lab.OpenAsync();
        foreach (var moment in new[] { "before", "behind" })
        {
            var draft = lab.Queue(new UnreachableStore(queue.Store, moment == "behind")).Draft(QueueLab.Owner);
            await draft.AddAsync($"{moment}.jpg", new MemoryStream([1]), 10, default);
            await Assert.ThrowsAsync<VeilException>(() => draft.SubmitAsync(QueueLab.Settings(), default));
            await draft.DisposeAsync();
        }

        await JobRunnerTests.Sweeping(queue).SweepAsync(default);

        var job = Assert.Single(await queue.ListAsync(new JobQuery { Owner = QueueLab.Owner }, default));
        Assert.Equal("behind.jpg", job.Inputs[0].Name);
        Assert.True(File.Exists(lab.Folders.Input(job.Id, job.Inputs[0])));
        Assert.Single(Directory.GetDirectories(Path.Combine(lab.Root, "jobs")));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(lab.Root, "uploads")));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Files_of_jobs_that_nobody_knows_any_more_go_once_anything_of_a_job_would_be_gone(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var (known, lost, young) = (await QueueLab.SubmitAsync(queue), await QueueLab.SubmitAsync(queue), await QueueLab.SubmitAsync(queue));
        await queue.Store.DeleteAsync(lost.Id, default);
        await queue.Store.DeleteAsync(young.Id, default);
        var old = DateTime.UtcNow - queue.KeepUnknown - TimeSpan.FromMinutes(1);
        var somebodyElses = Directory.CreateDirectory(Path.Combine(lab.Root, "jobs", "photos")).FullName;
        foreach (var folder in new[] { FolderOf(lab, known.Id), FolderOf(lab, lost.Id), somebodyElses })
        {
            foreach (var part in Directory.GetDirectories(folder).Append(folder))
            {
                Directory.SetLastWriteTimeUtc(part, old);
            }
        }

        await JobRunnerTests.Sweeping(queue).SweepAsync(default);

        Assert.Equal(
            new[] { known.Id.ToString(), young.Id.ToString(), "photos" }.Order(StringComparer.Ordinal),
            Directory.GetDirectories(Path.Combine(lab.Root, "jobs")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal));
    }

    private static async Task DoneAsync(QueueLab lab, JobQueue queue, JobId id)
    {
        await queue.Store.ClaimAsync(QueueLab.Terms, default);
        await File.WriteAllTextAsync(Path.Combine(lab.Folders.PrepareStaging(id, 1), "result"), "done");
        await queue.Store.ChangeAsync(id, (job, _) => job.Settle(1), default);
        Assert.True(lab.Folders.Publish(id, 1));
        Assert.True(lab.Folders.Publish(id, 1));
        await queue.Store.ChangeAsync(id, (job, now) => job.Finish(1, now), default);
    }

    private static string FolderOf(QueueLab lab, JobId id) => Path.GetDirectoryName(lab.Folders.Output(id))!;

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new EndOfStreamException();
    }

    /// <summary>A store that breaks off when a job is added, having taken it or not.</summary>
    private sealed class UnreachableStore(IJobStore store, bool takes) : IJobStore
    {
        public JobSignals Signals => store.Signals;

        public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => store.NowAsync(cancellationToken);

        public async Task AddAsync(Job job, CancellationToken cancellationToken)
        {
            await (takes ? store.AddAsync(job, cancellationToken) : Task.CompletedTask);
            throw new VeilException(VeilErrorCode.StoreUnavailable, "gone");
        }

        public Task<Job?> ReadAsync(JobId id, CancellationToken cancellationToken) => store.ReadAsync(id, cancellationToken);

        public Task<Job?> FindAsync(JobId id, string owner, CancellationToken cancellationToken) => store.FindAsync(id, owner, cancellationToken);

        public Task<IReadOnlyList<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken) => store.ListAsync(query, cancellationToken);

        public Task<JobCounts> CountAsync(string? owner, CancellationToken cancellationToken) => store.CountAsync(owner, cancellationToken);

        public Task<Job?> ChangeAsync(JobId id, Func<Job, DateTimeOffset, Job?> change, CancellationToken cancellationToken) => store.ChangeAsync(id, change, cancellationToken);

        public Task<Job?> ClaimAsync(ClaimTerms terms, CancellationToken cancellationToken) => store.ClaimAsync(terms, cancellationToken);

        public Task<IReadOnlyList<Job>> DueAsync(CancellationToken cancellationToken) => store.DueAsync(cancellationToken);

        public Task DeleteAsync(JobId id, CancellationToken cancellationToken) => store.DeleteAsync(id, cancellationToken);

        public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => store.CheckAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
