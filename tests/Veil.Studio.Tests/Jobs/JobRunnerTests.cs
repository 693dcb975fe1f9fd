using Veil.Errors;
using Veil.Studio.Jobs;

namespace Veil.Studio.Tests.Jobs;

[Collection(JobTests.Name)]
public sealed class JobRunnerTests(SharedPostgres postgres)
{
    [Theory, OnFiles, OnPostgres]
    public async Task A_job_is_done_its_results_can_be_fetched_and_its_originals_are_gone(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        await using var server = await LabServer.StartAsync(lab, FakeWork.Free().RunAsync);
        var job = await QueueLab.SubmitAsync(queue, content: "abc");

        var done = await EndAsync(queue, job.Id);

        Assert.Equal((JobState.Done, 1, 1), (done.State, done.Attempts, done.Progress.ItemsDone));
        AssertResult(queue, done, "cba");
        await Eventually.TrueAsync(() => !Directory.Exists(lab.Folders.Input(job.Id)));
        Assert.Equal(["output"], Directory.GetFileSystemEntries(Path.GetDirectoryName(lab.Folders.Output(job.Id))!).Select(Path.GetFileName));
        await Eventually.TrueAsync(() => queue.FindAsync(QueueLab.Owner, job.Id, default).GetAwaiter().GetResult()!.InputsDeleted is not null);
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Two_servers_never_run_a_job_twice(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var work = FakeWork.Free();
        await using var one = await LabServer.StartAsync(lab, work.RunAsync);
        await using var other = await LabServer.StartAsync(lab, work.RunAsync);

        var jobs = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => QueueLab.SubmitAsync((i % 2 == 0 ? one : other).Queue, content: $"{i}")));
        var ended = await Task.WhenAll(jobs.Select(job => EndAsync(one.Queue, job.Id)));

        Assert.All(ended, job => Assert.Equal((JobState.Done, 1), (job.State, job.Attempts)));
        Assert.Equal(jobs.Length, work.Begun.Count);
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Of_twenty_jobs_each_is_finished_once_when_the_server_is_killed_amid_them(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var jobs = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => QueueLab.SubmitAsync(queue, content: $"a{i}")));
        var (first, last) = (FakeWork.Free(), FakeWork.Free());
        var done = 0;
        var killed = await LabServer.StartAsync(lab, first.RunAsync, lastChange: job => job is { State: JobState.Done, InputsDeleted: null } && Interlocked.Increment(ref done) == 7);
        await killed.DeadAsync();
        lab.Time.Advance(QueueLab.Lease);

        await using var server = await LabServer.StartAsync(lab, last.RunAsync);
        var ended = await Task.WhenAll(jobs.Select(job => EndAsync(queue, job.Id)));

        Assert.All(ended, job => Assert.Equal(JobState.Done, job.State));
        Assert.All(jobs.Zip(ended), pair => AssertResult(queue, pair.Second, $"{new string([.. $"a{Array.IndexOf(jobs, pair.First)}".Reverse()])}"));
        Assert.Equal(last.Begun.Count, last.Begun.Distinct().Count());
        Assert.True(first.Begun.Intersect(last.Begun).Count() <= LabServer.Options.Concurrency);
    }

    /// <summary>Every step after which a server can die, and whether the work is then done again.</summary>
    public static TheoryData<string, int> Deaths => new() { { "claimed", 1 }, { "settled", 0 }, { "done", 0 }, { "clean", 0 } };

    [Theory, MemberData(nameof(Deaths))]
    public async Task Wherever_a_server_dies_the_job_is_finished_once_and_no_half_result_is_seen(string moment, int again)
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        var queue = await lab.OpenAsync();
        var job = await QueueLab.SubmitAsync(queue, content: "abc");
        var killed = await LabServer.StartAsync(lab, FakeWork.Free().RunAsync, lastChange: changed => moment switch
        {
            "claimed" => changed.State == JobState.Running,
            "settled" => changed.Publishing is not null,
            "done" => changed.State == JobState.Done,
            _ => changed.InputsDeleted is not null,
        });
        await killed.DeadAsync();
        Assert.Equal(moment is "done" or "clean", queue.Results((await queue.FindAsync(QueueLab.Owner, job.Id, default))!) is not null);
        Assert.Equal(moment is "done" or "clean", Directory.Exists(lab.Folders.Output(job.Id)));
        lab.Time.Advance(QueueLab.Lease);

        var work = FakeWork.Free();
        await using var server = await LabServer.StartAsync(lab, work.RunAsync);
        var done = await EndAsync(queue, job.Id);

        Assert.Equal(JobState.Done, done.State);
        AssertResult(queue, done, "cba");
        Assert.Equal(again, work.Begun.Count);
        await Sweeping(queue).SweepAsync(default);
        Assert.False(Directory.Exists(lab.Folders.Input(job.Id)));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_server_that_lost_its_lease_publishes_nothing(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var lease = TimeSpan.FromMinutes(10);
        var slow = new FakeWork { Deaf = true };
        // It never hears that it lost: it finds out when it wants to publish.
        var one = await LabServer.StartAsync(lab, slow.RunAsync, LabServer.Options with { Lease = lease, Heartbeat = lease / 3, Concurrency = 1 });
        var job = await QueueLab.SubmitAsync(one.Queue, content: "abc");
        await Eventually.TrueAsync(() => slow.Begun.Count == 1);
        lab.Time.Advance(lease);

        await using var other = await LabServer.StartAsync(lab, FakeWork.Free().RunAsync);
        var done = await EndAsync(other.Queue, job.Id);
        var results = File.GetLastWriteTimeUtc(Path.Combine(lab.Folders.Output(job.Id), "lease"));
        slow.Open();
        await Eventually.TrueAsync(() => one.Running == 0);

        Assert.Equal((JobState.Done, 2L), (done.State, done.Publishing!.Value));
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(lab.Folders.Output(job.Id), "lease")));
        Assert.Equal(results, File.GetLastWriteTimeUtc(Path.Combine(lab.Folders.Output(job.Id), "lease")));
        await one.DisposeAsync();
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Work_is_stopped_when_its_lease_is_lost(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var work = new FakeWork();
        await using var server = await LabServer.StartAsync(lab, work.RunAsync, LabServer.Options with { Concurrency = 1 });
        await QueueLab.SubmitAsync(server.Queue);
        await Eventually.TrueAsync(() => work.Begun.Count == 1);
        var store = await lab.OpenStoreAsync();
        Job? other = null;
        await Eventually.TrueAsync(() =>
        {
            // It may just have renewed its lease.
            lab.Time.Advance(QueueLab.Lease);
            return (other = store.ClaimAsync(QueueLab.Terms, default).GetAwaiter().GetResult()) is not null;
        });

        await Eventually.TrueAsync(() => server.Running == 0);
        Assert.Equal(2, (await server.Queue.FindAsync(QueueLab.Owner, other!.Id, default))!.Lease!.Number);
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_job_is_cancelled_from_another_server_and_leaves_nothing(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var work = new FakeWork();
        await using var server = await LabServer.StartAsync(lab, work.RunAsync);
        var other = await lab.OpenAsync();
        var job = await QueueLab.SubmitAsync(other);
        await Eventually.TrueAsync(() => work.Begun.Count == 1);

        await other.CancelAsync(QueueLab.Owner, job.Id, default);
        var ended = await EndAsync(other, job.Id);

        Assert.Equal(JobState.Cancelled, ended.State);
        Assert.Null(other.Results(ended));
        await Eventually.TrueAsync(() => server.Running == 0);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(lab.Folders.Output(job.Id))!));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Deleting_a_running_job_stops_it_first_and_then_nothing_is_left(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var work = new FakeWork();
        await using var server = await LabServer.StartAsync(lab, work.RunAsync);
        var other = await lab.OpenAsync();
        var job = await QueueLab.SubmitAsync(other);
        await Eventually.TrueAsync(() => work.Begun.Count == 1);

        Assert.Equal(JobRemoval.Stopping, await other.DeleteAsync(QueueLab.Owner, job.Id, default));
        await Eventually.TrueAsync(() => other.FindAsync(QueueLab.Owner, job.Id, default).GetAwaiter().GetResult() is null);

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(lab.Root, "jobs")));
        Assert.Equal(JobRemoval.NotFound, await other.DeleteAsync(QueueLab.Owner, job.Id, default));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task An_orderly_end_puts_running_jobs_back_without_counting_the_attempt(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var work = new FakeWork();
        var server = await LabServer.StartAsync(lab, work.RunAsync);
        var jobs = new[] { await lab.AddAsync(queue), await lab.AddAsync(queue), await lab.AddAsync(queue) };
        await Eventually.TrueAsync(() => work.Begun.Count == 2);

        await server.StopAsync();

        var kept = await queue.ListAsync(new JobQuery { Owner = QueueLab.Owner }, default);
        Assert.All(kept, job => Assert.Equal((JobState.Queued, 0, null), (job.State, job.Attempts, job.Lease)));
        Assert.Equal(jobs.Length, kept.Count);
        await using var next = await LabServer.StartAsync(lab, FakeWork.Free().RunAsync);
        Assert.All(await Task.WhenAll(jobs.Select(job => EndAsync(queue, job.Id))), job => Assert.Equal((JobState.Done, 1), (job.State, job.Attempts)));
    }

    [Fact]
    public async Task An_orderly_end_lets_jobs_finish_that_need_no_longer_than_the_grace()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        var queue = await lab.OpenAsync();
        var work = new FakeWork();
        var server = await LabServer.StartAsync(lab, work.RunAsync, LabServer.Options with { Grace = Eventually.Patience, Concurrency = 1 });
        var jobs = new[] { await lab.AddAsync(queue), await lab.AddAsync(queue) };
        await Eventually.TrueAsync(() => work.Begun.Count == 1);

        var stopping = server.StopAsync();
        work.Open();
        await stopping;

        Assert.Equal(JobState.Done, (await queue.FindAsync(QueueLab.Owner, jobs[0].Id, default))!.State);
        Assert.Equal(JobState.Queued, (await queue.FindAsync(QueueLab.Owner, jobs[1].Id, default))!.State);
    }

    [Fact]
    public async Task Work_that_does_not_stop_does_not_keep_the_server_from_ending()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        var queue = await lab.OpenAsync();
        var work = new FakeWork { Deaf = true };
        var server = await LabServer.StartAsync(lab, work.RunAsync, LabServer.Options with { StopPatience = TimeSpan.FromMilliseconds(50) });
        var job = await QueueLab.SubmitAsync(queue);
        await Eventually.TrueAsync(() => work.Begun.Count == 1);

        await server.StopAsync();
        work.Open();

        lab.Time.Advance(QueueLab.Lease);
        await using var next = await LabServer.StartAsync(lab, FakeWork.Free().RunAsync);
        Assert.Equal(JobState.Done, (await EndAsync(queue, job.Id)).State);
    }

    [Fact]
    public async Task What_work_throws_is_told_to_the_owner_and_no_path_with_it()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        var errors = new Queue<Exception>([new VeilException(VeilErrorCode.CorruptInput, "no picture", "send another"), new IOException("/home/anna/secret.jpg")]);
        await using var server = await LabServer.StartAsync(lab, (_, _) => throw errors.Dequeue(), LabServer.Options with { Concurrency = 1 });

        var known = await EndAsync(server.Queue, (await lab.AddAsync(server.Queue)).Id);
        var unknown = await EndAsync(server.Queue, (await lab.AddAsync(server.Queue)).Id);

        Assert.Equal((JobState.Failed, new JobError(VeilErrorCode.CorruptInput, "no picture", "send another")), (known.State, known.Error));
        Assert.Equal((JobState.Failed, VeilErrorCode.UnexpectedFailure), (unknown.State, unknown.Error!.Code));
        Assert.DoesNotContain("anna", unknown.Error.Message + unknown.Error.Hint, StringComparison.Ordinal);
        Assert.Null(server.Queue.Results(known));
    }

    [Fact]
    public async Task A_job_that_takes_too_long_fails()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        await using var server = await LabServer.StartAsync(lab, new FakeWork().RunAsync, LabServer.Options with { TimeLimit = TimeSpan.FromSeconds(1) });

        var failed = await EndAsync(server.Queue, (await lab.AddAsync(server.Queue)).Id);

        Assert.Equal((JobState.Failed, VeilErrorCode.TimedOut), (failed.State, failed.Error!.Code));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_job_is_followed_from_another_server_and_from_where_one_was_cut_off(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var job = await QueueLab.SubmitAsync(queue);
        var goOn = new TaskCompletionSource();
        await using var server = await LabServer.StartAsync(lab, async (context, token) =>
        {
            context.Report(new JobProgress { Items = 1, Frame = 5, Frames = 10, Rate = 25 });
            await goOn.Task.WaitAsync(token);
        });
        var seen = new List<JobEvent>();
        await foreach (var happened in queue.WatchAsync(QueueLab.Owner, job.Id, 0, default))
        {
            seen.Add(happened);
            if (happened.Job.Progress.Frame == 5)
            {
                goOn.TrySetResult();
            }
        }

        Assert.Equal((JobState.Done, JobEventKind.Ended), (seen[^1].Job.State, seen[^1].Kind));
        Assert.All(seen.SkipLast(1), happened => Assert.Equal(JobEventKind.Changed, happened.Kind));
        Assert.Equal(seen.Select(happened => happened.Id).Distinct().Order(), seen.Select(happened => happened.Id));
        Assert.Contains(seen, happened => happened.Job.Progress is { Frame: 5, Frames: 10, Rate: 25 });

        Assert.Equal(JobState.Done, Assert.Single(await AllAsync(queue.WatchAsync(QueueLab.Owner, job.Id, seen[0].Id, default))).Job.State);
        Assert.Empty(await AllAsync(queue.WatchAsync("key-2", job.Id, 0, default)));
    }

    [Fact]
    public async Task Whoever_follows_a_job_learns_that_it_was_deleted()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        var queue = await lab.OpenAsync();
        var job = await QueueLab.SubmitAsync(queue);
        await using var events = queue.WatchAsync(QueueLab.Owner, job.Id, 0, default).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());

        Assert.Equal(JobRemoval.Deleted, await queue.DeleteAsync(QueueLab.Owner, job.Id, default));

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(JobEventKind.Deleted, events.Current.Kind);
        Assert.False(await events.MoveNextAsync());
    }

    [PostgresFact]
    public async Task Nothing_is_lost_when_PostgreSQL_is_stopped_and_started_amid_the_work()
    {
        using var database = new SharedPostgres();
        await using var lab = new QueueLab(StoreKind.Postgres, database);
        var work = new FakeWork();
        await using var server = await LabServer.StartAsync(lab, work.RunAsync);
        var queue = await lab.OpenAsync();
        var jobs = new List<Job>();
        for (var i = 0; i < 6; i++)
        {
            jobs.Add(await QueueLab.SubmitAsync(queue));
        }

        await Eventually.TrueAsync(() => work.Begun.Count == 2);
        var watching = jobs.ConvertAll(job => EndAsync(queue, job.Id));

        database.Server.Stop();
        var refused = await Assert.ThrowsAsync<VeilException>(() => QueueLab.SubmitAsync(queue));
        var health = await queue.CheckAsync(default);
        work.Open();
        database.Server.Start();

        Assert.Equal(VeilErrorCode.StoreUnavailable, refused.Code);
        Assert.Equal(VeilErrorCode.StoreUnavailable, health.Problem!.Code);
        Assert.All(await Task.WhenAll(watching), job => Assert.Equal((JobState.Done, 1), (job.State, job.Attempts)));
        Assert.Equal(jobs.Count, work.Begun.Count);
        Assert.True((await queue.CheckAsync(default)).IsReady);
        await Sweeping(queue).SweepAsync(default);
        Assert.Equal(jobs.Count, Directory.GetDirectories(Path.Combine(lab.Root, "jobs")).Length);
    }

    internal static JobRetention Sweeping(JobQueue queue) =>
        new(queue, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<JobRetention>.Instance);

    private static async Task<Job> EndAsync(JobQueue queue, JobId id) =>
        (await AllAsync(queue.WatchAsync(QueueLab.Owner, id, 0, default)).WaitAsync(Eventually.Patience))[^1].Job;

    private static async Task<List<JobEvent>> AllAsync(IAsyncEnumerable<JobEvent> events)
    {
        var all = new List<JobEvent>();
        await foreach (var happened in events)
        {
            all.Add(happened);
        }

        return all;
    }

    private static void AssertResult(JobQueue queue, Job job, string text)
    {
        var folder = queue.Results(job)!;
        Assert.Equal(["0001.jpg.txt", "lease"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal(text, File.ReadAllText(Path.Combine(folder, "0001.jpg.txt")));
        Assert.Equal($"{job.Publishing}", File.ReadAllText(Path.Combine(folder, "lease")));
    }
}
