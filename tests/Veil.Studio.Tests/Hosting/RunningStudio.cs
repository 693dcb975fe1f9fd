using System.Net;
using Veil.Studio.Hosting;

namespace Veil.Studio.Tests.Hosting;

/// <summary>A studio on a free port, and a client that follows nothing and keeps no cookies by itself.</summary>
public sealed class RunningStudio : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal StudioServer Server { get; private set; } = null!;

    /// <summary>Sends what it is told, and nothing more.</summary>
    internal HttpClient Client { get; private set; } = null!;

    /// <summary>What a browser sends back that was let in.</summary>
    internal string Cookie { get; private set; } = "";

    internal string DataFolder => _folder["data"];

    public async Task InitializeAsync()
    {
        Server = await StudioServer.StartAsync(new StudioOptions { DataFolder = DataFolder });
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Server.Address };
        using var admitted = await Client.GetAsync(Server.EntryAddress);
        Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
        Cookie = admitted.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
    }

    public void Dispose()
    {
        Client.Dispose();
        _folder.Dispose();
    }

    /// <summary>Sends a request with the cookie and the headers given.</summary>
    internal Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Cookie", Cookie);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request);
    }
}
