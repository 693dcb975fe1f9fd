using System.Globalization;
using System.IO.Compression;
using System.Net;

namespace Veil.Studio.Tests.Api.Isolation;

/// <summary>Work in processes of their own: what goes wrong in one costs the picture that it was about, and nobody else anything.</summary>
public sealed class IsolationTests : IDisposable
{
    private readonly TemporaryFolder _marks = new();

    public void Dispose() => _marks.Dispose();

    [Fact]
    public async Task Pictures_and_detections_come_from_a_worker_as_they_do_from_the_server_itself()
    {
        await using var isolated = await StartAsync();
        await using var plain = await ApiLab.StartAsync();
        var picture = TestPicture.Png();

        foreach (var path in new[] { "/v1/images?find=image&method=pixelate&grid=4", "/v1/detections?find=image" })
        {
            using var one = await isolated.PostAsync(path, ApiLab.Body(picture));
            using var other = await plain.PostAsync(path, ApiLab.Body(picture));
            Assert.Equal(HttpStatusCode.OK, one.StatusCode);
            Assert.Equal(await other.Content.ReadAsByteArrayAsync(), await one.Content.ReadAsByteArrayAsync());
        }

        Assert.NotEmpty(isolated.Server.Workers);
        Assert.Empty(plain.Server.Workers);
    }

    [Fact]
    public async Task A_worker_stays_for_the_next_picture_with_other_settings_too()
    {
        await using var lab = await StartAsync();
        await ReadyAsync(lab);
        var before = lab.Server.Workers;

        foreach (var method in new[] { "solid", "pixelate", "solid", "gaussian" })
        {
            using var response = await lab.PostAsync("/v1/images?find=image&method=" + method, ApiLab.Body(TestPicture.Png()));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(before, lab.Server.Workers);
    }

    [Theory]
    [InlineData(FakeWorker.Crash)]
    [InlineData(FakeWorker.DieHalfway)]
    [InlineData(FakeWorker.DieWhenDone)]
    public async Task A_picture_that_crashes_its_worker_is_refused_and_the_next_gets_a_new_one(int width)
    {
        await using var lab = await StartAsync();

        using var crash = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png(width)));
        using var after = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png()));

        await ApiLab.ProblemAsync(crash, 422, "WorkerCrashed");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        await Eventually.TrueAsync(() => NothingIsLeft(lab));
    }

    [Fact]
    public async Task Nobody_is_blamed_for_what_an_earlier_picture_has_left_in_a_worker()
    {
        await using var lab = await StartAsync();
        await ReadyAsync(lab);

        using var response = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png(FakeWorker.CrashUnlessFresh)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_worker_that_is_killed_in_the_middle_of_a_picture_costs_that_picture()
    {
        await using var lab = await StartAsync();

        var request = lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png(FakeWorker.Hang)));
        await KillWhatHangsAsync(request);

        using var killed = await request;
        using var after = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png()));
        var problem = await ApiLab.ProblemAsync(killed, 422, "WorkerCrashed");
        Assert.Contains("signal 9", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        await Eventually.TrueAsync(() => NothingIsLeft(lab));
    }

    [Fact]
    public async Task A_worker_that_is_killed_in_the_middle_of_a_job_costs_one_of_its_files()
    {
        await using var lab = await StartAsync();

        var id = await lab.CreateJobAsync(("files", "a.png", TestPicture.Png()), ("files", "b.png", TestPicture.Png(FakeWorker.Hang)), ("files", "c.png", TestPicture.Png()));
        var end = lab.EndAsync(id);
        await KillWhatHangsAsync(end);

        var job = await end;
        using var result = await lab.GetAsync($"/v1/jobs/{id}/result");
        using var zip = new ZipArchive(await result.Content.ReadAsStreamAsync());
        using var report = await lab.GetAsync($"/v1/jobs/{id}/report");
        Assert.Equal("done", job["state"]!.GetValue<string>());
        Assert.Equal((3, 1), (job["progress"]!["itemsDone"]!.GetValue<int>(), job["progress"]!["itemsFailed"]!.GetValue<int>()));
        Assert.Equal(["a.png", "c.png"], zip.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Equal("WorkerCrashed", (await ApiLab.JsonAsync(report))["items"]![1]!["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_takes_too_long_is_ended_and_its_place_is_free()
    {
        await using var lab = await StartAsync(limits => limits with { Concurrency = 1, Waiting = 0, MaxTime = TimeSpan.FromSeconds(1) });

        using var hang = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png(FakeWorker.Hang)));
        var again = await AcceptedAsync(lab);

        await ApiLab.ProblemAsync(hang, 504, "TimedOut");
        await ApiLab.ProblemAsync(again, 504, "TimedOut");
        await Eventually.TrueAsync(() => Hanging().All(process => !Processes.Lives(process)));
    }

    [Fact]
    public async Task What_a_client_has_given_up_is_ended_and_its_place_is_free()
    {
        await using var lab = await StartAsync(limits => limits with { Concurrency = 1, Waiting = 0 });
        using var client = new CancellationTokenSource();

        var request = lab.Http.PostAsync(new Uri("/v1/images" + ApiLab.Whole, UriKind.Relative), ApiLab.Body(TestPicture.Png(FakeWorker.Hang)), client.Token);
        await Eventually.TrueAsync(() => Hanging().Count > 0);
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await Eventually.TrueAsync(() => Hanging().All(process => !Processes.Lives(process)));
        await Eventually.TrueAsync(() => Covered(lab).GetAwaiter().GetResult() == HttpStatusCode.OK);

        static async Task<HttpStatusCode> Covered(ApiLab lab)
        {
            using var response = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png()));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_film_or_picture_of_a_job_that_hangs_is_ended()
    {
        await using var lab = await StartAsync(limits => limits with { MaxFrameTime = TimeSpan.FromSeconds(1) });

        var id = await lab.CreateJobAsync(("files", "a.png", TestPicture.Png(FakeWorker.Hang)));
        var job = await lab.EndAsync(id);

        Assert.Equal(("failed", "TimedOut"), (job["state"]!.GetValue<string>(), job["error"]!["code"]!.GetValue<string>()));
        await Eventually.TrueAsync(() => Hanging().All(process => !Processes.Lives(process)));
    }

    [Fact]
    public async Task What_takes_too_much_memory_is_refused()
    {
        // Every process of .NET takes more; what hangs is looked at for certain.
        await using var lab = await StartAsync(limits => limits with { MaxWorkerMemory = 1 << 20 });

        using var response = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png(FakeWorker.Hang)));

        await ApiLab.ProblemAsync(response, 422, "LimitExceeded");
    }

    [Fact]
    public async Task Who_comes_when_everything_is_taken_is_told_when_to_come_again()
    {
        await using var lab = await StartAsync(limits => limits with { Concurrency = 1, Waiting = 1 });
        var held = lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png(FakeWorker.Hang)));
        await Eventually.TrueAsync(() => Hanging().Count > 0);

        // One of these waits; which, nobody knows.
        var others = Enumerable.Range(0, 3).Select(_ => lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png()))).ToList();
        await Eventually.TrueAsync(() => others.Count(other => other.IsCompletedSuccessfully) == 2);
        await KillWhatHangsAsync(held);

        var answers = await Task.WhenAll(others);
        Assert.Equal(2, answers.Count(answer => (int)answer.StatusCode == 429 && answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await ApiLab.ProblemAsync(await held, 422, "WorkerCrashed");
    }

    [Fact]
    public async Task A_server_whose_workers_do_not_start_says_so_and_is_not_ready()
    {
        await using var lab = await ApiLab.StartAsync(options => options with { Worker = new Veil.Pipeline.Isolation.WorkerCommand("/nowhere/veil", [], "") });

        using var response = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png()));
        using var ready = await lab.GetAsync("/ready");

        var problem = await ApiLab.ProblemAsync(response, 503, "MissingNative");
        Assert.DoesNotContain("/nowhere", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(503, (int)ready.StatusCode);
    }

    [Fact]
    public async Task Whoever_ends_the_server_ends_its_workers()
    {
        IReadOnlyList<int> workers;
        await using (var lab = await StartAsync())
        {
            await ReadyAsync(lab);
            workers = lab.Server.Workers;
            Assert.NotEmpty(workers);
        }

        Assert.All(workers, worker => Assert.False(Processes.Lives(worker)));
    }

    private Task<ApiLab> StartAsync(Func<Veil.Studio.Api.ApiLimits, Veil.Studio.Api.ApiLimits>? limits = null) => ApiLab.StartAsync(options => options with
    {
        Worker = FakeWorker.Command(_marks.FullPath),
        Limits = limits?.Invoke(options.Limits) ?? options.Limits,
    });

    private static Task ReadyAsync(ApiLab lab) => Eventually.TrueAsync(() =>
    {
        using var response = lab.GetAsync("/ready").GetAwaiter().GetResult();
        return response.IsSuccessStatusCode;
    });

    private List<int> Hanging() => [.. _marks.Files().Select(mark => int.Parse(mark, CultureInfo.InvariantCulture))];

    // A worker that has done something before is given a second try in a fresh one.
    private Task KillWhatHangsAsync(Task request) => Eventually.TrueAsync(() =>
    {
        foreach (var process in Hanging())
        {
            Processes.Kill(process);
            File.Delete(_marks[process.ToString(CultureInfo.InvariantCulture)]);
        }

        return request.IsCompleted;
    });

    // The place is free a moment after the answer.
    private static async Task<HttpResponseMessage> AcceptedAsync(ApiLab lab)
    {
        for (var until = DateTime.UtcNow + Eventually.Patience; ; await Task.Delay(20))
        {
            var response = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png(FakeWorker.Hang)));
            if (response.StatusCode != HttpStatusCode.TooManyRequests || DateTime.UtcNow > until)
            {
                return response;
            }

            response.Dispose();
        }
    }

    private static bool NothingIsLeft(ApiLab lab) =>
        Directory.EnumerateFiles(Path.Combine(lab.Data, "requests"), "*", SearchOption.AllDirectories).All(file => file.EndsWith(".lock", StringComparison.Ordinal));
}
