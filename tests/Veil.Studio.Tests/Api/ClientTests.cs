using System.Net;
using Veil.Client;

namespace Veil.Studio.Tests.Api;

public sealed class ClientTests : IAsyncLifetime, IDisposable
{
    private const string Whole = """{"find":[{"kind":"image","method":"solid"}]}""";
    private ApiLab _lab = null!;
    private VeilClient _client = null!;

    public async Task InitializeAsync()
    {
        _lab = await ApiLab.StartAsync();
        _client = new VeilClient(new VeilClientOptions { Address = _lab.Server.Address, ApiKey = _lab.Key });
    }

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Pictures_and_regions_come_as_types()
    {
        using var result = await _client.AnonymizeImageAsync(Open, Whole);
        using var bytes = new MemoryStream();
        await result.Content.CopyToAsync(bytes);
        var found = await _client.DetectAsync(Open, Whole);

        Assert.Equal(("image/png", 1), (result.MediaType, result.Regions));
        Assert.True(bytes.Length > 0);
        Assert.Equal((48, 32), (found.Width, found.Height));
        Assert.Equal("image", Assert.Single(Assert.Single(found.Frames).Regions).Kind);
    }

    [Fact]
    public async Task Problems_come_as_exceptions_with_code_and_hint()
    {
        var error = await Assert.ThrowsAsync<VeilApiException>(() => _client.AnonymizeImageAsync(() => new MemoryStream([1, 2, 3])));

        Assert.Equal((415, "NotAPicture"), (error.Status, error.Code));
        Assert.NotEmpty(error.Hint);
        Assert.NotEmpty(error.RequestId);
    }

    [Fact]
    public async Task A_job_is_sent_followed_downloaded_and_deleted()
    {
        var job = await _client.CreateJobAsync([new JobFile("ä b.png", Open), new JobFile("c.png", Open)], Whole, "order-1");
        var again = await _client.CreateJobAsync([new JobFile("ä b.png", Open), new JobFile("c.png", Open)], Whole, "order-1");
        var seen = new List<JobInfo>();
        await foreach (var now in _client.FollowJobAsync(job.Id))
        {
            seen.Add(now);
        }

        using var zip = new MemoryStream();
        var name = await _client.DownloadResultAsync(job.Id, zip);
        using var report = await _client.GetReportAsync(job.Id);
        var page = await _client.ListJobsAsync();
        await _client.DeleteJobAsync(job.Id);

        Assert.Equal(job.Id, again.Id);
        Assert.Equal(JobState.Done, seen[^1].State);
        Assert.Equal("veil-results.zip", name);
        Assert.Equal("veil-report", report.RootElement.GetProperty("format").GetString());
        Assert.Contains(page.Jobs, listed => listed.Id == job.Id);
        Assert.Equal("JobNotFound", (await Assert.ThrowsAsync<VeilApiException>(() => _client.GetJobAsync(job.Id))).Code);
    }

    [Fact]
    public async Task A_server_without_room_is_asked_again_after_the_time_that_it_names()
    {
        using var busy = new Busy(refusals: 2);
        var time = new FakeTime();
        using var client = new VeilClient(new VeilClientOptions { Address = _lab.Server.Address, ApiKey = _lab.Key }, busy, time);

        var asked = client.DetectAsync(Open, Whole);
        while (!asked.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        await asked;
        Assert.Equal(3, busy.Sent);
        Assert.True(time.GetUtcNow() - new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) >= TimeSpan.FromSeconds(14));
    }

    [Fact]
    public async Task In_the_end_it_gives_up()
    {
        using var busy = new Busy(refusals: int.MaxValue);
        using var client = new VeilClient(new VeilClientOptions { Address = _lab.Server.Address, Retries = 0 }, busy, TimeProvider.System);

        var error = await Assert.ThrowsAsync<VeilApiException>(() => client.DetectAsync(Open));

        Assert.Equal((429, "ServerBusy", TimeSpan.FromSeconds(7)), (error.Status, error.Code, error.RetryAfter));
    }

    private static MemoryStream Open() => new(TestPicture.Png());

    private sealed class Busy(int refusals) : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Sent { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Sent++ >= refusals)
            {
                return base.SendAsync(request, cancellationToken);
            }

            var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("""{"code":"ServerBusy","detail":"full","hint":"wait"}""") };
            response.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(TimeSpan.FromSeconds(7));
            return Task.FromResult(response);
        }
    }
}
