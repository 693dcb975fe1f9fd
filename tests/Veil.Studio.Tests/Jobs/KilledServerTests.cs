using Veil.Studio.Jobs;

namespace Veil.Studio.Tests.Jobs;

/// <summary>Real processes that share a queue, and are really killed.</summary>
[Collection(JobTests.Name)]
public sealed class KilledServerTests(SharedPostgres postgres)
{
    [Theory, OnFiles, OnPostgres]
    public async Task Of_twenty_jobs_each_is_finished_once_by_processes_of_which_some_are_killed(StoreKind kind)
    {
        using var folder = new TemporaryFolder();
        var database = kind == StoreKind.Postgres ? postgres.Server.ConnectionString : null;
        var folders = new JobFolders(folder["jobs"], reserveBytes: 0);
        await using var store = await JobServices.OpenStoreAsync(folders, database, TimeProvider.System, default);
        var queue = new JobQueue(store, folders, new JobQueueOptions { Poll = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        var owner = $"key-{Guid.NewGuid():N}";
        var jobs = new List<Job>();

        using (var killed = ServerProcess.Start(folders.Root, database))
        using (ServerProcess.Start(folders.Root, database))
        {
            for (var i = 0; i < 20; i++)
            {
                jobs.Add(await QueueLab.SubmitAsync(queue, owner, content: $"a{i}"));
            }

            await Eventually.TrueAsync(() => Done(queue, owner).Count > 4);
            killed.Kill();
            await Eventually.TrueAsync(() => Done(queue, owner).Count > 8);
        }

        using var last = ServerProcess.Start(folders.Root, database);
        await Eventually.TrueAsync(() => Done(queue, owner).Count == jobs.Count);

        foreach (var job in Done(queue, owner))
        {
            var results = queue.Results(job)!;
            Assert.Equal(["0001.jpg.txt", "lease"], Directory.GetFiles(results).Select(Path.GetFileName).Order());
            Assert.Equal($"{jobs.FindIndex(one => one.Id == job.Id)}", new string([.. (await File.ReadAllTextAsync(Path.Combine(results, "0001.jpg.txt"))).Reverse()])[1..]);
            Assert.Equal($"{job.Publishing}", await File.ReadAllTextAsync(Path.Combine(results, "lease")));
        }
    }

    private static IReadOnlyList<Job> Done(JobQueue queue, string owner) =>
        queue.ListAsync(new JobQuery { Owner = owner, State = JobState.Done }, default).GetAwaiter().GetResult();
}
