using System.Net;
using Veil.Studio.Hosting;

namespace Veil.Studio.Tests.Hosting;

public sealed class AccessGateTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/live")]
    [InlineData("/css/base.css")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/no-such-page")]
    public async Task Without_a_token_nothing_is_served(string path)
    {
        using var answer = await studio.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("veil studio", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/?token=")]
    [InlineData("/?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/?token=a&token=b")]
    public async Task A_wrong_token_does_not_let_in(string path)
    {
        using var answer = await studio.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites_and_is_not_the_token()
    {
        using var answer = await studio.Client.GetAsync(studio.Server.EntryAddress);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith($"veil-studio-{studio.Server.Address.Port}=", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(studio.Server.EntryAddress.Query.Split('=')[1], cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_of_another_start_does_not_let_in()
    {
        var name = studio.Cookie.Split('=')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Cookie", name + "=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        using var answer = await studio.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_for_one_use_lets_in_once()
    {
        var address = studio.Server.IssueEntryForOneUse();
        using var first = await studio.Client.GetAsync(address);
        using var second = await studio.Client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
    }

    [Fact]
    public async Task With_the_cookie_the_page_is_served()
    {
        using var answer = await studio.SendAsync(HttpMethod.Get, "/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Who_comes_without_token_is_told_so_in_their_language()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Language", "fr;q=0.9, de-AT;q=0.8, en;q=0.1");
        using var answer = await studio.Client.SendAsync(request);
        Assert.Contains("lang=\"de\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_are_256_bits_and_new_at_every_start()
    {
        var (one, other) = (new AccessTokens(), new AccessTokens());
        Assert.Equal(43, one.Token.Length);
        Assert.Equal(4, new HashSet<string> { one.Token, one.Session, other.Token, other.Session }.Count);
    }
}
