using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Veil.Studio.Api.Work;
using Veil.Studio.Jobs;

namespace Veil.Studio.Tests.Api;

public sealed class JobTests : IAsyncLifetime
{
    private ApiLab _lab = null!;
    private string _root = "";

    public async Task InitializeAsync() => _lab = await ApiLab.StartAsync(options =>
    {
        _root = Path.Combine(Path.GetDirectoryName(options.DataFolder)!, "allowed");
        Directory.CreateDirectory(_root);
        return options with { AllowedRoots = [_root], Limits = options.Limits with { MaxJobs = 40, MaxJobFiles = 5, MaxJobBytes = 1_000_000 } };
    });

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task One_file_comes_back_as_it_is_and_the_original_is_deleted()
    {
        var id = await _lab.CreateJobAsync(("files", "party.png", TestPicture.Png()));
        var job = await _lab.EndAsync(id);
        using var result = await _lab.GetAsync($"/v1/jobs/{id}/result");
        using var report = await _lab.GetAsync($"/v1/jobs/{id}/report");

        Assert.Equal("done", job["state"]!.GetValue<string>());
        Assert.Equal("image/png", result.Content.Headers.ContentType!.MediaType);
        Assert.Equal("party.png", result.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal("party.png", (await ApiLab.JsonAsync(report))["items"]![0]!["file"]!.GetValue<string>());
        await Eventually.TrueAsync(() => !Directory.Exists(Path.Combine(_lab.Data, "jobs", "jobs", id, "input")));
    }

    [Fact]
    public async Task Several_files_come_as_a_zip_with_safe_names_and_those_that_failed_are_reported()
    {
        var picture = TestPicture.Png();
        var id = await _lab.CreateJobAsync(("files", "../../etc/passwd.png", picture), ("files", "a.png", picture), ("files", "a.png", picture), ("files", "broken.zip", [0x50, 0x4b, 3, 4, 1, 2, 3]), ("files", "C:\\con.png", picture));
        var job = await _lab.EndAsync(id);
        using var result = await _lab.GetAsync($"/v1/jobs/{id}/result");
        using var zip = new ZipArchive(await result.Content.ReadAsStreamAsync());

        Assert.Equal("done", job["state"]!.GetValue<string>());
        Assert.Equal(1, job["progress"]!["itemsFailed"]!.GetValue<int>());
        Assert.Equal("application/zip", result.Content.Headers.ContentType!.MediaType);
        Assert.Equal(4, zip.Entries.Count);
        Assert.All(zip.Entries, entry =>
        {
            Assert.DoesNotContain("..", entry.FullName, StringComparison.Ordinal);
            Assert.DoesNotContain(':', entry.FullName);
            Assert.DoesNotContain('\\', entry.FullName);
            Assert.False(entry.FullName.StartsWith('/'));
        });
        Assert.Equal(4, zip.Entries.Select(entry => entry.FullName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task An_archive_is_never_unpacked()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("../../escaped.png").Open();
            entry.Write(TestPicture.Png());
        }

        var id = await _lab.CreateJobAsync(("files", "pictures.zip", packed.ToArray()));
        var job = await _lab.EndAsync(id);
        using var body = await _lab.PostAsync("/v1/jobs", ApiLab.Body(packed.ToArray(), "application/zip"));
        using var result = await _lab.GetAsync($"/v1/jobs/{id}/result");

        Assert.Equal("failed", job["state"]!.GetValue<string>());
        Assert.Equal("NotAPicture", job["error"]!["code"]!.GetValue<string>());
        await ApiLab.ProblemAsync(body, 415, "UnsupportedMediaType");
        await ApiLab.ProblemAsync(result, 409, "JobNotDone");
        Assert.DoesNotContain(_lab.Folder.Files(), file => file.Contains("escaped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_with_an_idempotency_key_makes_one_job_however_often_it_is_sent()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CreateAsync("order-1", TestPicture.Png())));
        using var other = await CreateAsync("order-1", TestPicture.Png(20, 20));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single((await Task.WhenAll(answers.Select(ApiLab.JsonAsync))).Select(job => job["id"]!.GetValue<string>()).Distinct());
        await ApiLab.ProblemAsync(other, 409, "IdempotencyConflict");
    }

    [Fact]
    public async Task Paths_are_taken_within_the_allowed_roots_alone()
    {
        File.WriteAllBytes(Path.Combine(_root, "in.png"), TestPicture.Png());
        Directory.CreateDirectory(Path.Combine(_root, "more"));
        File.WriteAllBytes(Path.Combine(_root, "more", "b.png"), TestPicture.Png());
        var outside = _lab.Folder.Write("outside/secret.png", TestPicture.Png());
        File.CreateSymbolicLink(Path.Combine(_root, "link.png"), outside);
        Directory.CreateSymbolicLink(Path.Combine(_root, "linked"), Path.GetDirectoryName(outside)!);
        File.CreateSymbolicLink(Path.Combine(_root, "null"), "/dev/null");

        foreach (var path in new[]
        {
            outside, Path.Combine(_root, "..", "outside", "secret.png"), Path.Combine(_root, "link.png"), Path.Combine(_root, "linked", "secret.png"), Path.Combine(_root, "linked"),
            Path.Combine(_root, "null"), "/dev/zero", "/", "/etc/passwd", "in.png", "../in.png", Path.Combine(_root, "missing.png"), _root + "-beside", "file:///etc/passwd", "\0",
        })
        {
            using var refused = await PathsAsync(path);
            await ApiLab.ProblemAsync(refused, 403, "PathNotAllowed");
        }

        using var accepted = await PathsAsync(_root);
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
        var job = await _lab.EndAsync((await ApiLab.JsonAsync(accepted))["id"]!.GetValue<string>());
        using var result = await _lab.GetAsync($"/v1/jobs/{job["id"]}/result");
        using var zip = new ZipArchive(await result.Content.ReadAsStreamAsync());
        Assert.Equal(["in.png", "more/b.png"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(_root, "in.png")));
    }

    [Fact]
    public async Task Jobs_of_another_key_are_as_if_they_were_not_there()
    {
        var id = await _lab.CreateJobAsync(("files", "a.png", TestPicture.Png()));
        await _lab.EndAsync(id);
        using var other = new HttpClient { BaseAddress = _lab.Server.Address };
        other.DefaultRequestHeaders.Add("X-Api-Key", _lab.Keys.Add("other", null).Text);

        foreach (var path in new[] { "", "/result", "/report", "/events" })
        {
            using var response = await other.GetAsync(new Uri($"/v1/jobs/{id}{path}", UriKind.Relative));
            await ApiLab.ProblemAsync(response, 404, "JobNotFound");
        }

        using var deletion = await other.DeleteAsync(new Uri("/v1/jobs/" + id, UriKind.Relative));
        await ApiLab.ProblemAsync(deletion, 404, "JobNotFound");
        using var list = await other.GetAsync(new Uri("/v1/jobs", UriKind.Relative));
        Assert.Empty((await ApiLab.JsonAsync(list))["jobs"]!.AsArray());
    }

    [Theory]
    [InlineData("..%2f..%2fetc")]
    [InlineData("0000")]
    [InlineData("4c9z1w7k0m2r5t8v3x6y9b1d4f")]
    public async Task Ids_that_are_none_are_not_found(string id)
    {
        using var response = await _lab.GetAsync("/v1/jobs/" + id);

        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task Deleting_takes_everything_away()
    {
        var id = await _lab.CreateJobAsync(("files", "a.png", TestPicture.Png()));
        await _lab.EndAsync(id);

        using var deleted = await _lab.Http.DeleteAsync(new Uri("/v1/jobs/" + id, UriKind.Relative));
        using var gone = await _lab.GetAsync("/v1/jobs/" + id);
        using var again = await _lab.Http.DeleteAsync(new Uri("/v1/jobs/" + id, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await ApiLab.ProblemAsync(gone, 404, "JobNotFound");
        await ApiLab.ProblemAsync(again, 404, "JobNotFound");
        Assert.DoesNotContain(_lab.Folder.Files(), file => file.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jobs_are_listed_page_by_page()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, await _lab.CreateJobAsync(("files", $"{i}.png", TestPicture.Png())));
        }

        var (listed, next) = (new List<string>(), "");
        do
        {
            using var page = await _lab.GetAsync("/v1/jobs?limit=2" + (next.Length > 0 ? "&after=" + next : ""));
            var json = await ApiLab.JsonAsync(page);
            listed.AddRange(json["jobs"]!.AsArray().Select(job => job!["id"]!.GetValue<string>()));
            next = json["next"]?.GetValue<string>() ?? "";
        }
        while (next.Length > 0);
        using var wrong = await _lab.GetAsync("/v1/jobs?limit=0");
        using var state = await _lab.GetAsync("/v1/jobs?state=lost");
        using var unknown = await _lab.GetAsync("/v1/jobs?page=2");

        Assert.Equal(ids.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        await ApiLab.ProblemAsync(wrong, 400, "BadRequest");
        await ApiLab.ProblemAsync(state, 400, "BadRequest");
        await ApiLab.ProblemAsync(unknown, 400, "UnknownParameter");
    }

    [Fact]
    public async Task Events_tell_how_a_job_ends_and_go_on_after_the_last_that_was_seen()
    {
        var id = await _lab.CreateJobAsync(("files", "a.png", TestPicture.Png()));

        var all = await EventsAsync(id, null);
        var last = all[^1];
        var again = await EventsAsync(id, last.Id);

        Assert.Equal("ended", last.Kind);
        Assert.Equal("done", last.Job["state"]!.GetValue<string>());
        Assert.Equal(all.Select(one => one.Id).Order(), all.Select(one => one.Id));
        // That the originals were deleted is a change, too.
        Assert.All(again, one => Assert.Equal("ended", one.Kind));
        var errors = new JsonSchemaCheck((await ApiLab.JsonAsync(await _lab.GetAsync("/openapi/v1.json"))).AsObject()).Check(last.Job, new JsonObject { ["$ref"] = "#/components/schemas/Job" });
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Too_many_files_too_many_bytes_and_no_file_are_refused()
    {
        using var files = await _lab.PostAsync("/v1/jobs", ApiLab.Form("{}", [.. Enumerable.Range(0, 6).Select(i => ("files", $"{i}.png", TestPicture.Png()))]));
        using var bytes = await _lab.PostAsync("/v1/jobs", ApiLab.Form("{}", ("files", "a.png", new byte[700_000]), ("files", "b.png", new byte[700_000])));
        using var none = await _lab.PostAsync("/v1/jobs", ApiLab.Form("{}"));
        using var option = await _lab.PostAsync("/v1/jobs", ApiLab.Form("""{"find":[{"kind":"faces","method":"ksame","options":{"gallery":"/etc"}}]}""", ("files", "a.png", TestPicture.Png())));

        await ApiLab.ProblemAsync(files, 413, "UploadTooLarge");
        await ApiLab.ProblemAsync(bytes, 413, "UploadTooLarge");
        await ApiLab.ProblemAsync(none, 400, "EmptyBody");
        await ApiLab.ProblemAsync(option, 403, "OptionNotAllowed");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_lab.Data, "jobs", "uploads")));
    }

    [Fact]
    public async Task A_key_has_only_so_many_open_jobs()
    {
        await using var lab = await ApiLab.StartAsync(options => options with { Limits = options.Limits with { MaxJobs = 1 } });
        var now = DateTimeOffset.UtcNow;
        await lab.Server.Queue.Store.AddAsync(
            new Job
            {
                Id = JobId.New(), Owner = lab.Key.Split('_')[1], Created = now, Settings = new JobRequest(JsonElement.Parse("{}"), "").ToJson(), Inputs = [], State = JobState.Running,
                Lease = new JobLease(1, "somebody", now.AddDays(1)), Leases = 1, InputsDue = now.AddDays(1), KeepResults = TimeSpan.FromDays(1),
            },
            CancellationToken.None);

        using var refused = await lab.PostAsync("/v1/jobs" + ApiLab.Whole, ApiLab.Form(null, ("files", "a.png", TestPicture.Png())));

        await ApiLab.ProblemAsync(refused, 429, "TooManyJobs");
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    private async Task<HttpResponseMessage> CreateAsync(string key, byte[] picture)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs" + ApiLab.Whole) { Content = ApiLab.Form(null, ("files", "a.png", picture)) };
        request.Headers.Add("Idempotency-Key", key);
        return await _lab.Http.SendAsync(request);
    }

    private Task<HttpResponseMessage> PathsAsync(string path) => _lab.PostAsync("/v1/jobs", ApiLab.Body(
        System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["paths"] = new JsonArray(path), ["settings"] = JsonNode.Parse("""{"find":[{"kind":"image","method":"solid"}]}""") }.ToJsonString()), "application/json"));

    private async Task<List<(long Id, string Kind, JsonNode Job)>> EventsAsync(string id, long? after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{id}/events");
        if (after is { } last)
        {
            request.Headers.Add("Last-Event-ID", last.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        using var response = await _lab.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var events = new List<(long, string, JsonNode)>();
        await foreach (var (number, kind, data) in Veil.Client.EventReader.ReadAsync(await response.Content.ReadAsStreamAsync(), CancellationToken.None))
        {
            events.Add((number, kind, JsonNode.Parse(data)!));
        }

        return events;
    }
}
