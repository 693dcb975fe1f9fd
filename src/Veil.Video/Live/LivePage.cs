using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Veil.Errors;

namespace Veil.Video.Live;

/// <summary>
/// A page that shows the anonymized picture as a stream of JPEGs (multipart/x-mixed-replace), served to this machine alone.
/// A viewer that does not keep up misses pictures; nobody waits for it. Thread-safe.
/// </summary>
internal sealed class LivePage : IDisposable
{
    private const string Boundary = "veil-frame";
    private const int PendingPictures = 2;
    private static readonly byte[] Html = "<!doctype html><title>Veil live</title><style>body{margin:0;background:#111}img{display:block;margin:auto;max-width:100%;max-height:100vh}</style><img src=\"/stream\" alt=\"the anonymized picture\">"u8.ToArray();

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<Channel<byte[]>, bool> _viewers = new();
    private readonly Task _accepting;

    /// <summary>Starts serving.</summary>
    /// <param name="port">1..65535.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: the port is taken.</exception>
    public LivePage(string port)
    {
        Address = $"http://127.0.0.1:{port}/";
        _listener.Prefixes.Add(Address);
        try
        {
            _listener.Start();
        }
        catch (HttpListenerException error)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The page cannot be served at {Address}: {error.Message}", "Choose another port.", error);
        }

        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where the page is.</summary>
    public string Address { get; }

    /// <summary>Hands an encoder's pictures to the viewers until it ends.</summary>
    /// <param name="encoded">JPEGs, one after the other.</param>
    public async Task PumpAsync(Stream encoded)
    {
        var pictures = new JpegSplitter();
        while (true)
        {
            int count;
            try
            {
                count = await encoded.ReadAsync(pictures.Free()).ConfigureAwait(false);
            }
            catch (Exception error) when (LiveProcess.IsGone(error))
            {
                // The encoder was ended amid a picture.
                return;
            }

            if (count == 0)
            {
                return;
            }

            pictures.Add(count);
            while (pictures.TryTake() is { } picture)
            {
                Show(picture);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Close();
        foreach (var viewer in _viewers.Keys)
        {
            viewer.Writer.TryComplete();
        }

        _accepting.GetAwaiter().GetResult();
    }

    private void Show(byte[] picture)
    {
        foreach (var viewer in _viewers.Keys)
        {
            viewer.Writer.TryWrite(picture);
        }
    }

    private async Task AcceptAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var response = context.Response;

        // Pages from elsewhere may neither embed nor keep the picture.
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cache-Control"] = "no-store";
        try
        {
            switch (context.Request.Url?.AbsolutePath)
            {
                case "/":
                    response.ContentType = "text/html; charset=utf-8";
                    await response.OutputStream.WriteAsync(Html).ConfigureAwait(false);
                    break;
                case "/stream":
                    response.ContentType = $"multipart/x-mixed-replace; boundary={Boundary}";
                    response.SendChunked = true;
                    await StreamAsync(response.OutputStream).ConfigureAwait(false);
                    break;
                default:
                    response.StatusCode = (int)HttpStatusCode.NotFound;
                    break;
            }

            response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The viewer left.
            response.Abort();
        }
    }

    private async Task StreamAsync(Stream output)
    {
        var viewer = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(PendingPictures) { FullMode = BoundedChannelFullMode.DropOldest });
        _viewers[viewer] = true;
        try
        {
            await foreach (var picture in viewer.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await output.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: {picture.Length}\r\n\r\n")).ConfigureAwait(false);
                await output.WriteAsync(picture).ConfigureAwait(false);
                await output.WriteAsync("\r\n"u8.ToArray()).ConfigureAwait(false);
                await output.FlushAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _viewers.TryRemove(viewer, out _);
        }
    }
}
