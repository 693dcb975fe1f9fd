using Veil.Errors;
using Veil.Studio.Jobs;

namespace Veil.Studio.Tests.Jobs;

/// <summary>What every store has to keep to.</summary>
[Collection(JobTests.Name)]
public sealed class JobStoreContractTests(SharedPostgres postgres)
{
    [Theory, OnFiles, OnPostgres]
    public async Task A_job_is_found_by_its_owner_alone(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var job = await QueueLab.SubmitAsync(queue);

        var found = await queue.FindAsync(QueueLab.Owner, job.Id, default);

        Assert.Equal((JobState.Queued, 1, "a.jpg"), (found!.State, found.Revision, Assert.Single(found.Inputs).Name));
        Assert.Equal(job.Settings.GetRawText(), found.Settings.GetRawText());
        Assert.Null(await queue.FindAsync("key-2", job.Id, default));
        Assert.Empty(await queue.ListAsync(new JobQuery { Owner = "key-2" }, default));
        Assert.Null(await queue.CancelAsync("key-2", job.Id, default));
        Assert.Equal(JobRemoval.NotFound, await queue.DeleteAsync("key-2", job.Id, default));
        Assert.Equal(JobState.Queued, (await queue.FindAsync(QueueLab.Owner, job.Id, default))!.State);
        Assert.Null(await queue.FindAsync(QueueLab.Owner, JobId.New(), default));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Names_and_settings_come_back_as_they_were_however_hostile(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        const string name = "../../etc/passwd\0\n'; DROP TABLE jobs; -- \"ä\U0001F600.jp/g";
        const string settings = """{"text":"\u0000\u00e4 '","z":1.50,"a":[null,true],"a":2}""";
        await using var draft = queue.Draft("owner ' ä \"");
        var input = await draft.AddAsync(name, new MemoryStream([1]), 10, default);
        var job = await draft.SubmitAsync(QueueLab.Settings(settings), default);

        var found = await queue.FindAsync("owner ' ä \"", job.Id, default);

        Assert.Equal(name, Assert.Single(found!.Inputs).Name);
        Assert.Equal("0001", input.StoredName);
        Assert.Equal("\0ä '", found.Settings.GetProperty("text").GetString());
        Assert.Equal(["text", "z", "a", "a"], found.Settings.EnumerateObject().Select(property => property.Name));
        Assert.Equal("1.50", found.Settings.GetProperty("z").GetRawText());
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Jobs_are_listed_newest_first_in_pages(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var ids = new List<JobId>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await lab.AddAsync(queue)).Id);
        }

        await lab.AddAsync(queue, "key-2");
        await queue.CancelAsync(QueueLab.Owner, ids[1], default);

        var first = await queue.ListAsync(new JobQuery { Owner = QueueLab.Owner, Limit = 2 }, default);
        var rest = await queue.ListAsync(new JobQuery { Owner = QueueLab.Owner, After = first[^1].Id }, default);
        var waiting = await queue.ListAsync(new JobQuery { Owner = QueueLab.Owner, State = JobState.Queued }, default);

        Assert.Equal(ids, [.. first.Select(job => job.Id), .. rest.Select(job => job.Id)]);
        Assert.Equal([ids[0], ids[2], ids[3], ids[4]], waiting.Select(job => job.Id));
        Assert.Equal(new JobCounts(4, 0), await queue.CountAsync(QueueLab.Owner, default));
        Assert.Equal(new JobCounts(5, 0), await queue.CountAsync(null, default));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task The_oldest_job_is_claimed_first_and_once(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var (one, other) = (await lab.OpenAsync(), await lab.OpenAsync());
        var jobs = new[] { await lab.AddAsync(one), await lab.AddAsync(other) };

        var first = await other.Store.ClaimAsync(QueueLab.Terms, default);
        var second = await one.Store.ClaimAsync(QueueLab.Terms, default);

        Assert.Equal(jobs.Select(job => job.Id), [first!.Id, second!.Id]);
        Assert.Null(await one.Store.ClaimAsync(QueueLab.Terms, default));
        Assert.Equal((JobState.Running, 1, 2L, 1L), (first.State, first.Attempts, first.Revision, first.Lease!.Number));
        Assert.Equal(new JobCounts(0, 2), await one.CountAsync(null, default));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_lapsed_lease_is_taken_over_and_its_loser_can_do_nothing_more(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var store = await lab.OpenStoreAsync();
        var job = await lab.AddAsync(lab.Queue(store));
        var loser = await store.ClaimAsync(QueueLab.Terms, default);

        lab.Time.Advance(QueueLab.Lease - TimeSpan.FromTicks(10));
        Assert.Null(await store.ClaimAsync(QueueLab.Terms, default));
        lab.Time.Advance(TimeSpan.FromTicks(10));
        var winner = await store.ClaimAsync(QueueLab.Terms, default);

        Assert.Equal((2, 2), (winner!.Lease!.Number, winner.Attempts));
        var lease = loser!.Lease!.Number;
        Assert.Null(await store.ChangeAsync(job.Id, (newest, now) => newest.Renew(lease, QueueLab.Lease, JobProgress.None, now), default));
        Assert.Null(await store.ChangeAsync(job.Id, (newest, now) => newest.Settle(lease), default));
        Assert.Null(await store.ChangeAsync(job.Id, (newest, now) => newest.Finish(lease, now), default));
        Assert.Null(await store.ChangeAsync(job.Id, (newest, now) => newest.Fail(lease, new JobError(VeilErrorCode.TimedOut, "", ""), now), default));
        Assert.Null(await store.ChangeAsync(job.Id, (newest, now) => newest.Release(lease), default));
        Assert.Equal(winner, await store.ReadAsync(job.Id, default), Same);
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_lapsed_lease_that_nobody_took_can_be_renewed(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var store = await lab.OpenStoreAsync();
        await lab.AddAsync(lab.Queue(store));
        var job = await store.ClaimAsync(QueueLab.Terms, default);
        lab.Time.Advance(QueueLab.Lease * 2);

        var progress = new JobProgress { Items = 7, ItemsDone = 3, ItemsFailed = 1, Frame = 9, Frames = 10, Rate = 2.5 };
        var renewed = await store.ChangeAsync(job!.Id, (newest, now) => newest.Renew(1, QueueLab.Lease, progress, now), default);

        Assert.Equal((progress, lab.Time.GetUtcNow() + QueueLab.Lease), (renewed!.Progress, renewed.Lease!.Until));
        Assert.Equal(progress, (await store.ReadAsync(job.Id, default))!.Progress);
        Assert.Null(await store.ClaimAsync(QueueLab.Terms, default));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_job_that_ends_its_server_each_time_fails_and_does_not_keep_the_next_one(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var poison = await lab.AddAsync(queue);
        for (var attempt = 1; attempt <= QueueLab.Terms.MaxAttempts; attempt++)
        {
            Assert.Equal(attempt, (await queue.Store.ClaimAsync(QueueLab.Terms, default))!.Attempts);
            lab.Time.Advance(QueueLab.Lease);
        }

        var next = await lab.AddAsync(queue);
        Assert.Equal(next.Id, (await queue.Store.ClaimAsync(QueueLab.Terms, default))!.Id);

        var failed = await queue.FindAsync(QueueLab.Owner, poison.Id, default);
        Assert.Equal((JobState.Failed, VeilErrorCode.WorkerCrashed), (failed!.State, failed.Error!.Code));
        Assert.Contains("3 times", failed.Error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failed.Error.Hint);
        Assert.NotNull(failed.Finished);
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Once_settled_a_job_is_taken_over_only_to_be_published_and_can_no_longer_be_cancelled(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var job = await lab.AddAsync(queue);
        for (var attempt = 0; attempt < QueueLab.Terms.MaxAttempts; attempt++)
        {
            lab.Time.Advance(QueueLab.Lease);
            await queue.Store.ClaimAsync(QueueLab.Terms, default);
        }

        Assert.Equal(3, (await queue.Store.ChangeAsync(job.Id, (newest, _) => newest.Settle(3), default))!.Publishing);
        Assert.Equal(JobState.Running, (await queue.CancelAsync(QueueLab.Owner, job.Id, default))!.State);
        lab.Time.Advance(QueueLab.Lease);
        var taken = await queue.Store.ClaimAsync(QueueLab.Terms, default);

        Assert.Equal((3L, 4L, 3), (taken!.Publishing!.Value, taken.Lease!.Number, taken.Attempts));
        Assert.Null(await queue.Store.ChangeAsync(job.Id, (newest, now) => newest.Finish(3, now), default));
        Assert.Equal(JobState.Done, (await queue.Store.ChangeAsync(job.Id, (newest, now) => newest.Finish(4, now), default))!.State);
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_waiting_job_is_cancelled_at_once_and_a_running_one_is_asked(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var (running, waiting) = (await lab.AddAsync(queue), await lab.AddAsync(queue));
        await queue.Store.ClaimAsync(QueueLab.Terms, default);

        var asked = await queue.CancelAsync(QueueLab.Owner, running.Id, default);
        var ended = await queue.CancelAsync(QueueLab.Owner, waiting.Id, default);

        Assert.Equal((JobState.Running, JobStop.Cancelled), (asked!.State, asked.Stop!.Value));
        Assert.Equal(JobState.Cancelled, ended!.State);
        Assert.False(Directory.Exists(lab.Folders.Input(waiting.Id)));
        Assert.True(Directory.Exists(lab.Folders.Input(running.Id)));
        Assert.Equal(asked, await queue.Store.ChangeAsync(running.Id, (newest, _) => newest.Settle(1), default), Same);
        Assert.Equal(JobState.Cancelled, (await queue.Store.ChangeAsync(running.Id, (newest, now) => newest.Stopped(1, now), default))!.State);
        Assert.Equal(JobState.Cancelled, (await queue.CancelAsync(QueueLab.Owner, running.Id, default))!.State);
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_cancelled_job_whose_server_ended_is_not_begun_again(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var job = await lab.AddAsync(queue);
        await queue.Store.ClaimAsync(QueueLab.Terms, default);
        await queue.CancelAsync(QueueLab.Owner, job.Id, default);
        lab.Time.Advance(QueueLab.Lease);

        Assert.Null(await queue.Store.ClaimAsync(QueueLab.Terms, default));
        Assert.Equal(JobState.Cancelled, (await queue.FindAsync(QueueLab.Owner, job.Id, default))!.State);
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_job_that_is_put_back_is_first_in_line_and_the_attempt_does_not_count(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var job = await lab.AddAsync(queue);
        await lab.AddAsync(queue);
        await queue.Store.ClaimAsync(QueueLab.Terms, default);

        var back = await queue.Store.ChangeAsync(job.Id, (newest, _) => newest.Release(1), default);
        var again = await queue.Store.ClaimAsync(QueueLab.Terms, default);

        Assert.Equal((JobState.Queued, 0), (back!.State, back.Attempts));
        Assert.Equal((job.Id, 1, 2L), (again!.Id, again.Attempts, again.Lease!.Number));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task A_change_that_changes_nothing_leaves_the_revision_and_one_of_no_job_is_null(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var store = await lab.OpenStoreAsync();
        var job = await lab.AddAsync(lab.Queue(store));

        Assert.Equal(1, (await store.ChangeAsync(job.Id, (newest, _) => newest, default))!.Revision);
        Assert.Null(await store.ChangeAsync(job.Id, (_, _) => null, default));
        Assert.Null(await store.ChangeAsync(JobId.New(), (newest, _) => newest, default));
        await store.AddAsync(job with { Owner = "another" }, default);
        Assert.Equal(QueueLab.Owner, (await store.ReadAsync(job.Id, default))!.Owner);
        await store.DeleteAsync(job.Id, default);
        await store.DeleteAsync(job.Id, default);
        Assert.Null(await store.ReadAsync(job.Id, default));
        Assert.Null(await store.ClaimAsync(QueueLab.Terms, default));
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Everything_is_there_again_after_the_store_was_opened_anew(StoreKind kind)
    {
        await using var lab = new QueueLab(kind, postgres);
        var queue = await lab.OpenAsync();
        var (done, waiting) = (await lab.AddAsync(queue), await lab.AddAsync(queue));
        await queue.Store.ClaimAsync(QueueLab.Terms, default);
        await queue.Store.ChangeAsync(done.Id, (newest, _) => newest.Settle(1), default);
        await queue.Store.ChangeAsync(done.Id, (newest, now) => newest.Finish(1, now), default);
        await queue.Store.DisposeAsync();

        var again = await lab.OpenAsync();

        Assert.Equal([waiting.Id, done.Id], (await again.ListAsync(new JobQuery { Owner = QueueLab.Owner }, default)).Select(job => job.Id));
        Assert.Equal(waiting.Id, (await again.Store.ClaimAsync(QueueLab.Terms, default))!.Id);
        Assert.True((await again.CheckAsync(default)).IsReady);
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Many_claiming_at_once_through_several_stores_take_each_job_once(StoreKind kind)
    {
        const int jobs = 40;
        await using var lab = new QueueLab(kind, postgres);
        var queues = new[] { await lab.OpenAsync(), await lab.OpenAsync(), await lab.OpenAsync() };
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(i => Task.Run(() => QueueLab.SubmitAsync(queues[i % queues.Length]))));

        var taken = await Task.WhenAll(Enumerable.Range(0, 9).Select(worker => Task.Run(async () =>
        {
            var mine = new List<JobId>();
            while (await queues[worker % queues.Length].Store.ClaimAsync(QueueLab.Terms, default) is { } job)
            {
                mine.Add(job.Id);
            }

            return mine;
        })));

        Assert.Equal(jobs, taken.Sum(mine => mine.Count));
        Assert.Equal(jobs, taken.SelectMany(mine => mine).Distinct().Count());
    }

    [Theory, OnFiles, OnPostgres]
    public async Task Changes_made_at_once_through_several_stores_all_count(StoreKind kind)
    {
        const int changes = 60;
        await using var lab = new QueueLab(kind, postgres);
        var stores = new[] { await lab.OpenStoreAsync(), await lab.OpenStoreAsync() };
        var job = await lab.AddAsync(lab.Queue(stores[0]));

        await Task.WhenAll(Enumerable.Range(0, changes).Select(i => Task.Run(() => stores[i % 2].ChangeAsync(
            job.Id, (newest, _) => newest with { Progress = newest.Progress with { Frame = newest.Progress.Frame + 1 } }, default))));

        var last = await stores[1].ReadAsync(job.Id, default);
        Assert.Equal((changes, changes + 1), (last!.Progress.Frame, last.Revision));
    }

    [PostgresFact]
    public async Task PostgreSQL_tells_other_servers_of_work_and_of_changes()
    {
        await using var lab = new QueueLab(StoreKind.Postgres, postgres);
        var (here, there) = (await lab.OpenStoreAsync(), await lab.OpenStoreAsync());
        var known = await lab.AddAsync(lab.Queue(here));
        await there.ReadAsync(known.Id, default);
        using var work = there.Signals.ForWork();
        using var change = there.Signals.For(known.Id);

        // The listener may still be on its way: what is told before it listens comes as the wake that it begins with.
        await change.WaitAsync(Eventually.Patience, TimeProvider.System, default);
        await work.WaitAsync(Eventually.Patience, TimeProvider.System, default);
        await here.ClaimAsync(QueueLab.Terms, default);
        await WokenAsync(change);
        await here.ChangeAsync(known.Id, (newest, _) => newest.Release(1), default);
        await WokenAsync(work);
    }

    private static async Task WokenAsync(JobSubscription subscription)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await subscription.WaitAsync(Eventually.Patience, TimeProvider.System, default);
        Assert.True(TimeProvider.System.GetElapsedTime(begun) < Eventually.Patience);
    }

    private static bool Same(Job? one, Job? other) => one is not null && other is not null && JobJson.Write(one).AsSpan().SequenceEqual(JobJson.Write(other));
}
