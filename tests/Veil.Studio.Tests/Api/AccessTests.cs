using System.Net;
using Veil.Errors;
using Veil.Studio.Api;
using Veil.Studio.Api.Keys;

namespace Veil.Studio.Tests.Api;

public sealed class AccessTests : IAsyncLifetime
{
    private ApiLab _lab = null!;

    public async Task InitializeAsync() => _lab = await ApiLab.StartAsync(options => options with { HostNames = ["api.example.org"] });

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task Without_a_key_with_a_wrong_one_and_with_a_revoked_one_nothing_is_done()
    {
        var made = _lab.Keys.Add("leaver", null).Text;
        using var before = await SendAsync("/v1/jobs", ("X-Api-Key", made));
        _lab.Keys.Revoke("leaver");

        await ApiLab.ProblemAsync(await SendAsync("/v1/jobs"), 401, "KeyMissing");
        await ApiLab.ProblemAsync(await SendAsync("/v1/jobs", ("Authorization", "Basic dXNlcjpwYXNz")), 401, "KeyMissing");
        await ApiLab.ProblemAsync(await SendAsync("/v1/jobs", ("X-Api-Key", "secret")), 401, "KeyInvalid");
        await ApiLab.ProblemAsync(await SendAsync("/v1/jobs", ("X-Api-Key", made[..^1] + (made[^1] == 'A' ? 'E' : 'A'))), 401, "KeyInvalid");
        await ApiLab.ProblemAsync(await SendAsync("/v1/jobs", ("X-Api-Key", new string('x', 5000))), 401, "KeyInvalid");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        for (var until = DateTime.UtcNow + Eventually.Patience; ; await Task.Delay(50))
        {
            using var after = await SendAsync("/v1/jobs", ("X-Api-Key", made));
            if (after.StatusCode == HttpStatusCode.Unauthorized)
            {
                break;
            }

            Assert.True(DateTime.UtcNow < until, "a revoked key still opens");
        }
    }

    [Fact]
    public async Task A_key_ends_when_it_is_to_end()
    {
        var time = new FakeTime();
        var keys = new ApiKeyFile(_lab.Folder["keys"], time);
        var key = keys.Add("guest", TimeSpan.FromDays(1)).Text;

        Assert.NotNull(keys.Find(key));
        time.Advance(TimeSpan.FromDays(2));
        Assert.Null(keys.Find(key));
        await Task.CompletedTask;
    }

    [Fact]
    public void Only_hashes_are_kept_in_a_file_that_nobody_else_can_read()
    {
        var kept = File.ReadAllText(Path.Combine(_lab.Data, "keys.json"));

        Assert.DoesNotContain(_lab.Key, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(_lab.Key.Split('_', 3)[2], kept, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_lab.Data, "keys.json")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_lab.Data));
        }
    }

    [Fact]
    public void A_name_is_given_once_and_a_key_shows_no_secret_by_accident()
    {
        var key = _lab.Keys.Add("shop", null);

        Assert.Throws<VeilException>(() => _lab.Keys.Add("shop", null));
        Assert.Throws<VeilException>(() => _lab.Keys.Add("a\nb", null));
        Assert.Throws<VeilException>(() => _lab.Keys.Revoke("nobody"));
        Assert.DoesNotContain(key.Text.Split('_', 3)[2], key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_others_can_reach_does_not_start_without_keys()
    {
        using var folder = new TemporaryFolder();
        var open = new ApiOptions { DataFolder = folder["data"], Bind = IPAddress.Any };

        Assert.Throws<VeilException>(() => open.Validate(keys: 0));
        Assert.Throws<VeilException>(() => (open with { Access = ApiAccess.Anybody }).Validate(keys: 1));
        open.Validate(keys: 1);
        (open with { Bind = IPAddress.IPv6Loopback, Access = ApiAccess.Anybody }).Validate(keys: 0);
    }

    [Fact]
    public async Task On_loopback_keys_can_be_left_out_but_other_sites_are_refused_all_the_same()
    {
        await using var lab = await ApiLab.StartAsync(options => options with { Access = ApiAccess.Anybody });
        using var http = new HttpClient { BaseAddress = lab.Server.Address };
        using var plain = await http.GetAsync(new Uri("/v1/jobs", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/jobs", UriKind.Relative));
        request.Headers.Add("Origin", "https://evil.example");

        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        await ApiLab.ProblemAsync(await http.SendAsync(request), 403, "CrossSite");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task What_other_sites_send_is_refused(string header, string value) =>
        await ApiLab.ProblemAsync(await SendAsync("/v1/jobs", ("X-Api-Key", _lab.Key), (header, value)), 403, "CrossSite");

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("169.254.169.254")]
    public async Task Names_that_are_not_the_servers_are_refused(string host) =>
        await ApiLab.ProblemAsync(await SendAsync("/v1/jobs", ("X-Api-Key", _lab.Key), ("Host", host)), 421, "WrongHost");

    [Fact]
    public async Task A_name_that_the_operator_gave_is_its_own()
    {
        using var response = await SendAsync("/v1/jobs", ("X-Api-Key", _lab.Key), ("Host", "api.example.org"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Status_and_document_need_no_key_and_tell_nothing()
    {
        using var health = await SendAsync("/health");
        using var ready = await SendAsync("/ready");
        using var document = await SendAsync("/openapi/v1.json");
        var text = await ready.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, document.StatusCode);
        Assert.DoesNotContain(_lab.Folder.FullPath, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_becomes_ready_and_says_why_it_is_not()
    {
        await Eventually.TrueAsync(() => StatusAsync().GetAwaiter().GetResult() == 200);
        Directory.Move(Path.Combine(_lab.Data, "jobs", "uploads"), Path.Combine(_lab.Data, "jobs", "elsewhere"));
        try
        {
            using var response = await _lab.GetAsync("/ready");
            Assert.Equal(503, (int)response.StatusCode);
            Assert.Equal("StoreUnavailable", (await ApiLab.JsonAsync(response))["reasons"]![0]!["code"]!.GetValue<string>());
        }
        finally
        {
            Directory.Move(Path.Combine(_lab.Data, "jobs", "elsewhere"), Path.Combine(_lab.Data, "jobs", "uploads"));
        }

        async Task<int> StatusAsync()
        {
            using var response = await _lab.GetAsync("/ready");
            return (int)response.StatusCode;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient { BaseAddress = _lab.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request);
    }
}
