using Veil.Client;
using Veil.Studio.Api.Keys;

namespace Veil.Studio.Tests.Api;

/// <summary>No accepted job is lost, and none is done twice, whatever happens to the servers.</summary>
[Collection(Jobs.JobTests.Name)]
public sealed class RestartTests(Jobs.SharedPostgres postgres)
{
    private const int HowMany = 20;
    private const string Settings = """{"find":[{"kind":"image","method":"gaussian"}]}""";

    [Fact]
    public Task Killed_in_the_middle_of_twenty_jobs_a_server_finishes_each_once_when_it_starts_again() => KillAsync(new Dictionary<string, string>());

    [PostgresFact]
    public Task Killed_in_the_middle_a_server_with_postgresql_finishes_each_job_once_too() => KillAsync(Database());

    [PostgresFact]
    public async Task Two_servers_share_one_queue()
    {
        using var folder = new TemporaryFolder();
        var key = new ApiKeyFile(folder["data"], TimeProvider.System).Add("tests", null).Text;
        using var first = await ServeProcess.StartAsync(folder["data"], Database());
        using var second = await ServeProcess.StartAsync(folder["data"], Database());
        using var one = ClientOf(first, key);
        using var other = ClientOf(second, key);

        var ids = await SubmitAsync(one, HowMany / 2);
        ids.AddRange(await SubmitAsync(other, HowMany / 2));
        var ended = await Task.WhenAll(ids.Select((id, i) => (i % 2 == 0 ? other : one).WaitForJobAsync(id))).WaitAsync(Eventually.Patience * 2);

        Assert.All(ended, job => Assert.Equal(JobState.Done, job.State));
        Assert.All(ended, job => Assert.Equal(1, job.Attempts));
        foreach (var id in ids)
        {
            // Exactly one of them did each job.
            Assert.Equal(1, Count(first.Said, $"Job {id} started") + Count(second.Said, $"Job {id} started"));
        }
    }

    [Fact]
    public async Task Asked_to_end_a_server_puts_what_is_not_done_back_and_leaves_cleanly()
    {
        using var folder = new TemporaryFolder();
        var key = new ApiKeyFile(folder["data"], TimeProvider.System).Add("tests", null).Text;
        List<string> ids;
        using (var server = await ServeProcess.StartAsync(folder["data"], null, "--grace", "0"))
        {
            using var client = ClientOf(server, key);
            ids = await SubmitAsync(client, 5);
            Assert.Equal(0, await server.TerminateAsync());
            Assert.Contains("the server has ended", server.Said, StringComparison.Ordinal);
        }

        using var again = await ServeProcess.StartAsync(folder["data"]);
        using var follower = ClientOf(again, key);
        var ended = await Task.WhenAll(ids.Select(id => follower.WaitForJobAsync(id))).WaitAsync(Eventually.Patience * 2);

        Assert.All(ended, job => Assert.Equal((JobState.Done, 1), (job.State, job.Attempts)));
    }

    private static async Task KillAsync(Dictionary<string, string> environment)
    {
        using var folder = new TemporaryFolder();
        var key = new ApiKeyFile(folder["data"], TimeProvider.System).Add("tests", null).Text;
        List<string> ids;
        var done = new List<string>();
        using (var server = await ServeProcess.StartAsync(folder["data"], environment))
        {
            using var client = ClientOf(server, key);
            ids = await SubmitAsync(client, HowMany);
            await client.WaitForJobAsync(ids[2]).WaitAsync(Eventually.Patience);
            foreach (var id in ids)
            {
                // In which order they are done depends on which of the uploads was accepted first.
                if ((await client.GetJobAsync(id)).State == JobState.Done)
                {
                    done.Add(id);
                }
            }

            await server.KillAsync();
        }

        using var again = await ServeProcess.StartAsync(folder["data"], environment);
        using var follower = ClientOf(again, key);
        var ended = await Task.WhenAll(ids.Select(id => follower.WaitForJobAsync(id))).WaitAsync(Eventually.Patience * 2);

        Assert.All(ended, job => Assert.Equal(JobState.Done, job.State));
        foreach (var id in ids)
        {
            using var result = new MemoryStream();
            Assert.Equal("a.png", await follower.DownloadResultAsync(id, result));
            var job = Path.Combine(folder["data"], "jobs", "jobs", id);
            await Eventually.TrueAsync(() => Directory.GetDirectories(job).Length == 1);
            Assert.Equal(["000001.png", "report.json", "results.json"], Directory.EnumerateFiles(job, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }

        // What was done before the end was not done again.
        Assert.NotEmpty(done);
        Assert.All(done, id => Assert.Equal(0, Count(again.Said, $"Job {id} started")));
    }

    private Dictionary<string, string> Database() => new() { ["VEIL_POSTGRES"] = postgres.Server.ConnectionString };

    private static async Task<List<string>> SubmitAsync(VeilClient client, int count)
    {
        var picture = TestPicture.Png(1200, 900);
        var jobs = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => client.CreateJobAsync([new JobFile("a.png", () => new MemoryStream(picture))], Settings)));
        return [.. jobs.OrderBy(job => job.Created).Select(job => job.Id)];
    }

    private static VeilClient ClientOf(ServeProcess server, string key) => new(new VeilClientOptions { Address = server.Address, ApiKey = key });

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
