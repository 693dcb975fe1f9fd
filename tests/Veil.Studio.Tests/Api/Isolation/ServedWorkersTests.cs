using Veil.Client;
using Veil.Studio.Api.Keys;

namespace Veil.Studio.Tests.Api.Isolation;

/// <summary>Workers of the real program.</summary>
public sealed class ServedWorkersTests
{
    private const string Whole = """{"find":[{"kind":"image","method":"solid"}]}""";

    [Fact]
    public async Task Workers_see_no_secrets_end_with_a_server_that_is_killed_and_leave_files_to_nobody_else()
    {
        using var folder = new TemporaryFolder();
        var key = new ApiKeyFile(folder["data"], TimeProvider.System).Add("tests", null).Text;
        using var server = await ServeProcess.StartAsync(folder["data"], new Dictionary<string, string> { ["AWS_SECRET_ACCESS_KEY"] = "hush-hush", ["PGPASSWORD"] = "hush-hush" });
        using var client = new VeilClient(new VeilClientOptions { Address = server.Address, ApiKey = key });
        var picture = TestPicture.Png();

        using (await client.AnonymizeImageAsync(() => new MemoryStream(picture), Whole))
        {
        }

        var job = await client.CreateJobAsync([new JobFile("a.png", () => new MemoryStream(picture)), new JobFile("b.png", () => new MemoryStream(picture))], Whole);
        Assert.Equal(JobState.Done, (await client.WaitForJobAsync(job.Id).WaitAsync(Eventually.Patience)).State);
        Assert.Contains(Directory.EnumerateFiles(Path.Combine(folder["data"], "jobs", "jobs", job.Id, "output")), file => Path.GetFileName(file) == "000001.png");
        foreach (var file in Directory.EnumerateFiles(folder["data"], "*", SearchOption.AllDirectories))
        {
            Assert.True(ModeOf(file) is null or (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        }

        var workers = Processes.ChildrenOf(server.Id);
        Assert.NotEmpty(workers);
        foreach (var worker in workers)
        {
            var environment = await File.ReadAllTextAsync($"/proc/{worker}/environ");
            Assert.DoesNotContain("hush-hush", environment, StringComparison.Ordinal);
            Assert.Contains("PATH=", environment, StringComparison.Ordinal);
            Assert.DoesNotContain(folder.FullPath, await File.ReadAllTextAsync($"/proc/{worker}/cmdline"), StringComparison.Ordinal);
        }

        Processes.Kill(server.Id);
        await Eventually.TrueAsync(() => !workers.Any(Processes.Lives));
    }

    [Fact]
    public async Task Killed_in_the_middle_of_its_work_a_server_leaves_no_worker_behind()
    {
        using var folder = new TemporaryFolder();
        var key = new ApiKeyFile(folder["data"], TimeProvider.System).Add("tests", null).Text;
        using var server = await ServeProcess.StartAsync(folder["data"]);
        using var client = new VeilClient(new VeilClientOptions { Address = server.Address, ApiKey = key });
        var picture = TestPicture.Png(3000, 2000);
        var job = await client.CreateJobAsync([.. Enumerable.Range(0, 200).Select(i => new JobFile($"{i}.png", () => new MemoryStream(picture)))], Whole);

        // The job is far from done when its first file is.
        await foreach (var now in client.FollowJobAsync(job.Id))
        {
            if (now.Progress.ItemsDone > 0)
            {
                break;
            }
        }

        var workers = Processes.ChildrenOf(server.Id);
        Assert.NotEmpty(workers);
        Processes.Kill(server.Id);

        await Eventually.TrueAsync(() => !workers.Any(Processes.Lives));
    }

    [Fact]
    public async Task Asked_to_end_a_server_takes_its_workers_along()
    {
        using var folder = new TemporaryFolder();
        new ApiKeyFile(folder["data"], TimeProvider.System).Add("tests", null);
        using var server = await ServeProcess.StartAsync(folder["data"]);
        await Eventually.TrueAsync(() => Processes.ChildrenOf(server.Id).Count > 0);
        var workers = Processes.ChildrenOf(server.Id);

        Assert.Equal(0, await server.TerminateAsync());

        await Eventually.TrueAsync(() => !workers.Any(Processes.Lives));
    }

    private static UnixFileMode? ModeOf(string file)
    {
        try
        {
            return OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(file);
        }
        catch (IOException)
        {
            // Originals are deleted once their job is done.
            return null;
        }
    }
}
