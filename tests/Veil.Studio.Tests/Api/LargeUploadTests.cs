using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Veil.Studio.Api.Keys;

namespace Veil.Studio.Tests.Api;

/// <summary>Uploads that are larger than what a server may hold in memory.</summary>
public sealed class LargeUploadTests : IAsyncLifetime, IDisposable
{
    private const int Mebi = 1 << 20;
    private const int Limit = 208;
    private const int Upload = 200;

    // What the server's own bookkeeping may take while it goes through an upload: a fraction of it.
    private const int MemoryOfTheServer = 80;

    // What lies in buffers of both sockets and of both programs when the server says no.
    private const int OnTheWay = 48;
    private readonly TemporaryFolder _folder = new();
    private ServeProcess _server = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        _key = new ApiKeyFile(_folder["data"], TimeProvider.System).Add("tests", null).Text;
        _server = await ServeProcess.StartAsync(_folder["data"], null, "--max-job-bytes", (Limit * (long)Mebi).ToString(CultureInfo.InvariantCulture));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_large_upload_is_never_held_in_memory()
    {
        using var http = new HttpClient { BaseAddress = _server.Address, Timeout = Eventually.Patience * 2 };
        using (var small = await PostAsync(http, new Zeros(Mebi)))
        {
            Assert.Equal(HttpStatusCode.Created, small.StatusCode);
        }

        var before = PeakMemory();
        using var large = await PostAsync(http, new Zeros(Upload * (long)Mebi));

        Assert.Equal(HttpStatusCode.Created, large.StatusCode);
        var grown = (PeakMemory() - before) / Mebi;
        Assert.True(grown < MemoryOfTheServer, $"The server took {grown} MiB more for an upload of {Upload} MiB.");
    }

    [Fact]
    public async Task An_upload_that_says_that_it_is_too_large_is_refused_before_it_is_read()
    {
        var (answer, sent) = await SendAsync(length: 5000L * Mebi);

        Assert.True(sent < OnTheWay, $"{sent} MiB were sent.");
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 413 ", StringComparison.Ordinal), answer);
        await RefusedAsync();
    }

    [Fact]
    public async Task An_upload_that_does_not_say_how_large_it_is_is_refused_at_the_limit()
    {
        var (answer, sent) = await SendAsync(length: null);

        Assert.True(sent is > Limit / 2 and < Limit + OnTheWay, $"{sent} MiB were sent.");
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 413 ", StringComparison.Ordinal), answer);
        await RefusedAsync();
    }

    private async Task RefusedAsync()
    {
        // Who still sends when the connection is closed may not hear why; the log says it in any case.
        await Eventually.TrueAsync(() => _server.Said.Contains("POST /v1/jobs 413", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => !Directory.EnumerateFileSystemEntries(Path.Combine(_folder["data"], "jobs", "uploads")).Any());
    }

    private async Task<HttpResponseMessage> PostAsync(HttpClient http, Stream content)
    {
        using var form = new MultipartFormDataContent { { new StreamContent(content), "files", "film.mp4" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/jobs" + ApiLab.Whole, UriKind.Relative)) { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        return await http.SendAsync(request);
    }

    // By hand: a client of .NET would not say how much it has sent.
    private async Task<(string Answer, int Sent)> SendAsync(long? length)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_server.Address.Host, _server.Address.Port);
        var stream = socket.GetStream();
        var form = "--x\r\nContent-Disposition: form-data; name=files; filename=a.mp4\r\n\r\n";
        var head = $"POST /v1/jobs{ApiLab.Whole} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {_key}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            + (length is { } known ? $"Content-Length: {known}\r\n\r\n{form}" : $"Transfer-Encoding: chunked\r\n\r\n{form.Length:x}\r\n{form}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        var answer = ReadAsync(stream);
        var block = length is null ? [.. Encoding.ASCII.GetBytes($"{Mebi:x}\r\n"), .. new byte[Mebi], .. "\r\n"u8] : new byte[Mebi];
        var sent = 0;
        try
        {
            for (; sent < Limit * 4 && !answer.IsCompleted; sent++)
            {
                await stream.WriteAsync(block).AsTask().WaitAsync(Eventually.Patience);
            }
        }
        catch (IOException)
        {
            // The server has closed the connection.
        }

        return (await answer.WaitAsync(Eventually.Patience), sent);
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        try
        {
            var buffer = new byte[16];
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
            return Encoding.ASCII.GetString(buffer, 0, read);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private long PeakMemory() => long.Parse(
        File.ReadLines($"/proc/{_server.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;

    private sealed class Zeros(long length) : MemoryStream
    {
        private long _left = length;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = (int)Math.Min(buffer.Length, _left);
            buffer.Span[..read].Clear();
            _left -= read;
            return ValueTask.FromResult(read);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
