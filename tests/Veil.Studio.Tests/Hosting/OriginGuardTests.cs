using System.Net;
using System.Net.WebSockets;

namespace Veil.Studio.Tests.Hosting;

public sealed class OriginGuardTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    [Theory]
    [InlineData("veil.example")]
    [InlineData("veil.example:{0}")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.nip.example:{0}")]
    [InlineData("192.168.0.1:{0}")]
    public async Task Another_host_is_refused_even_with_the_cookie(string host)
    {
        using var answer = await studio.SendAsync(HttpMethod.Get, "/", ("Host", host.Replace("{0}", studio.Server.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task This_machine_may_be_called_localhost()
    {
        using var answer = await studio.SendAsync(HttpMethod.Get, "/", ("Host", $"localhost:{studio.Server.Address.Port}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("X-Nothing", "no origin at all")]
    public async Task A_change_that_another_site_sends_is_refused(string header, string value)
    {
        using var answer = await studio.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", (header, value));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_change_from_the_studios_own_page_passes()
    {
        using var answer = await studio.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", ("Origin", studio.Server.Address.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_picture_that_another_site_embeds_is_refused(string site)
    {
        using var answer = await studio.SendAsync(HttpMethod.Get, "/icon.svg", ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "no-cors"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_that_is_followed_from_elsewhere_opens()
    {
        using var answer = await studio.SendAsync(HttpMethod.Get, "/", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData(null)]
    public async Task A_socket_that_another_site_opens_is_refused(string? origin)
    {
        using var socket = Socket(origin);
        var error = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(SocketAddress, CancellationToken.None));
        Assert.Contains("403", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_of_the_studios_own_page_opens()
    {
        using var socket = Socket(studio.Server.Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(SocketAddress, CancellationToken.None);
        Assert.Equal(WebSocketState.Open, socket.State);
        socket.Abort();
    }

    private Uri SocketAddress => new($"ws://127.0.0.1:{studio.Server.Address.Port}/_blazor");

    private ClientWebSocket Socket(string? origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", studio.Cookie);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        return socket;
    }
}
