using System.Net;
using System.Net.Sockets;
using System.Text;
using Veil.Errors;
using Veil.Studio.Hosting;

namespace Veil.Studio.Tests.Hosting;

public sealed class StudioServerTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_pages_to_themselves()
    {
        foreach (var path in new[] { "/", "/css/base.css", "/no-such-page" })
        {
            using var answer = await studio.SendAsync(HttpMethod.Get, path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            foreach (var rule in new[] { "default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'self'", "form-action 'self'" })
            {
                Assert.Contains(rule, policy, StringComparison.Ordinal);
            }

            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("camera=(self)", answer.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Pages_are_not_kept_by_caches_and_the_programs_files_are_asked_for_again()
    {
        using var page = await studio.SendAsync(HttpMethod.Get, "/");
        using var style = await studio.SendAsync(HttpMethod.Get, "/css/base.css");
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.True(style.Headers.CacheControl!.NoCache);
    }

    [Theory]
    [InlineData("/../veil.dll")]
    [InlineData("/css/../../Veil.Studio.dll")]
    [InlineData("/css/%2e%2e/%2e%2e/Veil.Studio.dll")]
    [InlineData("/css/..%2f..%2fVeil.Studio.dll")]
    [InlineData("/css/..%5c..%5cVeil.Studio.dll")]
    [InlineData("//etc/passwd")]
    [InlineData("/css//etc/passwd")]
    public async Task No_path_leads_out_of_the_programs_files(string path)
    {
        // Written by hand: clients tidy paths up before they send them.
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, studio.Server.Address.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {studio.Server.Address.Authority}\r\nCookie: {studio.Cookie}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync();
        Assert.True(status is "HTTP/1.1 404 Not Found" or "HTTP/1.1 400 Bad Request", status);
    }

    [Fact]
    public void The_data_folder_is_its_owners_alone()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(studio.DataFolder));
        }
    }

    [Fact]
    public void It_listens_on_this_machine_alone() => Assert.Equal("127.0.0.1", studio.Server.Address.Host);

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var folder = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<VeilException>(() => StudioServer.StartAsync(new StudioOptions { Port = studio.Server.Address.Port, DataFolder = folder["data"] }));
        Assert.Contains(studio.Server.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }
}
