using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Veil.Client;

/// <summary>
/// A server that <c>veil serve</c> runs. Requests that it has no room for are sent again after the time that it names. Settings are the
/// JSON documents that <c>/openapi/v1.json</c> describes; null or empty stands for the defaults. Thread-safe.
/// </summary>
/// <example><code>
/// using var veil = new VeilClient(new VeilClientOptions { Address = new Uri("http://127.0.0.1:8080"), ApiKey = key });
/// using var result = await veil.AnonymizeImageAsync(() => File.OpenRead("party.jpg"));
/// await using var file = File.Create("party-hidden.jpg");
/// await result.Content.CopyToAsync(file);
/// </code></example>
public sealed class VeilClient : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private readonly HttpClient _http;
    private readonly VeilClientOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes a client.</summary>
    /// <param name="options">How the server is reached.</param>
    /// <param name="handler">Sends requests; null for the default, which the client then owns.</param>
    public VeilClient(VeilClientOptions options, HttpMessageHandler? handler = null)
        : this(options, handler, TimeProvider.System)
    {
    }

    internal VeilClient(VeilClientOptions options, HttpMessageHandler? handler, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time) = (options, time);
        _http = new HttpClient(handler ?? new SocketsHttpHandler(), disposeHandler: handler is null) { BaseAddress = options.Address, Timeout = Timeout.InfiniteTimeSpan };
        if (options.ApiKey is { } key)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    /// <summary>Anonymizes a picture.</summary>
    /// <param name="open">Opens it; called again when the request is sent again. The client closes what it opens.</param>
    /// <param name="settings">A JSON document; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The result, whose bytes are still to be read; to be disposed.</returns>
    /// <exception cref="VeilApiException">The server refused it, or could not do it.</exception>
    public async Task<ImageResult> AnonymizeImageAsync(Func<Stream> open, string? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        var response = await SendAsync(() => Post("v1/images", Form([("image", new JobFile("image", open))], settings)), cancellationToken).ConfigureAwait(false);
        return new ImageResult(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Finds what would be covered in a picture.</summary>
    /// <param name="open">Opens it; called again when the request is sent again. The client closes what it opens.</param>
    /// <param name="settings">A JSON document; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VeilApiException">The server refused it, or could not do it.</exception>
    public Task<Detections> DetectAsync(Func<Stream> open, string? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        return AskAsync(() => Post("v1/detections", Form([("image", new JobFile("image", open))], settings)), ClientJson.Default.Detections, cancellationToken);
    }

    /// <summary>Creates a job from files. The request bears an Idempotency-Key: sent again, it makes no second job.</summary>
    /// <param name="files">Pictures and films.</param>
    /// <param name="settings">A JSON document; null for the defaults.</param>
    /// <param name="idempotencyKey">Names the request; null draws one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VeilApiException">The server refused it.</exception>
    public Task<JobInfo> CreateJobAsync(IReadOnlyList<JobFile> files, string? settings = null, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        return CreateAsync(() => Form(files.Select(file => ("files", file)), settings), idempotencyKey, cancellationToken);
    }

    /// <summary>Creates a job from files and folders on the server, within the roots that its operator allows.</summary>
    /// <param name="paths">Full paths there.</param>
    /// <param name="settings">A JSON document; null for the defaults.</param>
    /// <param name="idempotencyKey">Names the request; null draws one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VeilApiException">The server refused it.</exception>
    public Task<JobInfo> CreateJobFromPathsAsync(IReadOnlyList<string> paths, string? settings = null, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return CreateAsync(() => new ByteArrayContent(Document(paths, settings)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }, idempotencyKey, cancellationToken);
    }

    /// <summary>Looks at a job.</summary>
    /// <exception cref="VeilApiException">There is none.</exception>
    public Task<JobInfo> GetJobAsync(string id, CancellationToken cancellationToken = default) => AskAsync(() => Get(JobPath(id)), ClientJson.Default.JobInfo, cancellationToken);

    /// <summary>Lists jobs, newest first.</summary>
    /// <param name="after">The page before's <see cref="JobPage.Next"/>; null for the first page.</param>
    /// <param name="limit">At most so many, 1 to 200.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<JobPage> ListJobsAsync(string? after = null, int limit = 50, CancellationToken cancellationToken = default) => AskAsync(
        () => Get(string.Create(CultureInfo.InvariantCulture, $"v1/jobs?limit={limit}") + (after is null ? "" : "&after=" + Uri.EscapeDataString(after))), ClientJson.Default.JobPage, cancellationToken);

    /// <summary>Follows a job: how it is now, each change, and how it ended. Goes on by itself when the connection breaks or the server restarts.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="VeilApiException">There is none, or it was deleted.</exception>
    public async IAsyncEnumerable<JobInfo> FollowJobAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (last, failures) = (0L, 0);
        while (true)
        {
            await using var events = EventsAsync(id, last, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await TryNextAsync(events).ConfigureAwait(false))
            {
                (last, failures) = (events.Current.Id, 0);
                yield return events.Current.Job;
                if (events.Current.Job.HasEnded || events.Current.Kind == "deleted")
                {
                    yield break;
                }
            }

            if (++failures > _options.Retries)
            {
                throw new VeilApiException(0, "", "The connection to the server broke, and could not be made again.", "Look at the job later.", "");
            }

            await Task.Delay(FirstWait, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until a job has ended.</summary>
    /// <exception cref="VeilApiException">There is none, or it was deleted.</exception>
    public async Task<JobInfo> WaitForJobAsync(string id, CancellationToken cancellationToken = default)
    {
        await foreach (var job in FollowJobAsync(id, cancellationToken).ConfigureAwait(false))
        {
            if (job.HasEnded)
            {
                return job;
            }
        }

        return await GetJobAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Downloads the results of a job: one as it is, several as a zip.</summary>
    /// <param name="id">The job.</param>
    /// <param name="target">Where the bytes go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The file's name, as the server proposes it.</returns>
    /// <exception cref="VeilApiException">There are none, or not yet.</exception>
    public async Task<string> DownloadResultAsync(string id, Stream target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var response = await SendAsync(() => Get(JobPath(id) + "/result"), cancellationToken).ConfigureAwait(false);
        await response.Content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        var disposition = response.Content.Headers.ContentDisposition;
        return disposition?.FileNameStar ?? disposition?.FileName?.Trim('"') ?? "result";
    }

    /// <summary>Reads the run report of a job.</summary>
    /// <exception cref="VeilApiException">There is none, or not yet.</exception>
    public async Task<JsonDocument> GetReportAsync(string id, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(() => Get(JobPath(id) + "/report"), cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes a job with all its files; cancels it first if it has not ended.</summary>
    /// <exception cref="VeilApiException">There is none.</exception>
    public async Task DeleteJobAsync(string id, CancellationToken cancellationToken = default) =>
        (await SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, JobPath(id)), cancellationToken).ConfigureAwait(false)).Dispose();

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string JobPath(string id) => "v1/jobs/" + Uri.EscapeDataString(id);

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    private static HttpRequestMessage Post(string path, HttpContent content) => new(HttpMethod.Post, path) { Content = content };

    private static MultipartFormDataContent Form(IEnumerable<(string Part, JobFile File)> files, string? settings)
    {
        var form = new MultipartFormDataContent();
        foreach (var (part, file) in files)
        {
            form.Add(new StreamContent(file.Open()), part, file.Name.Length > 0 ? file.Name : "file");
        }

        if (!string.IsNullOrEmpty(settings))
        {
            form.Add(new StringContent(settings, Encoding.UTF8, "application/json"), "settings");
        }

        return form;
    }

    private static byte[] Document(IReadOnlyList<string> paths, string? settings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("paths");
            foreach (var path in paths)
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
            if (!string.IsNullOrEmpty(settings))
            {
                json.WritePropertyName("settings");
                json.WriteRawValue(settings);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private Task<JobInfo> CreateAsync(Func<HttpContent> content, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var key = idempotencyKey ?? Guid.NewGuid().ToString("N");
        return AskAsync(
            () =>
            {
                var request = Post("v1/jobs", content());
                request.Headers.Add("Idempotency-Key", key);
                return request;
            },
            ClientJson.Default.JobInfo,
            cancellationToken);
    }

    private async IAsyncEnumerable<(long Id, string Kind, JobInfo Job)> EventsAsync(string id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () =>
            {
                var request = Get(JobPath(id) + "/events");
                request.Headers.Add("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
                return request;
            },
            cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var (number, kind, data) in EventReader.ReadAsync(stream, cancellationToken).ConfigureAwait(false))
        {
            yield return (number, kind, JsonSerializer.Deserialize(data, ClientJson.Default.JobInfo)!);
        }
    }

    // A connection that breaks ends the events; whoever follows makes another.
    private static async Task<bool> TryNextAsync(IAsyncEnumerator<(long Id, string Kind, JobInfo Job)> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private async Task<T> AskAsync<T>(Func<HttpRequestMessage> request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await JsonSerializer.DeserializeAsync(stream, type, cancellationToken).ConfigureAwait(false)
                ?? throw new VeilApiException((int)response.StatusCode, "", "Expected a document, but the server sent none.", "", "");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var request = make();
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                if (response.StatusCode != HttpStatusCode.TooManyRequests || attempt >= _options.Retries)
                {
                    throw await ErrorAsync(response, cancellationToken).ConfigureAwait(false);
                }
            }

            await Task.Delay(Wait(response, attempt), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    // As long as the server says, and a little more by chance: those who were sent away together should not come back together.
    private TimeSpan Wait(HttpResponseMessage response, int attempt)
    {
        var named = RetryAfter(response) ?? (FirstWait * Math.Pow(2, Math.Min(attempt, 6)));
#pragma warning disable CA5394 // Nothing secret: only to spread requests.
        var wait = named * (1 + (Random.Shared.NextDouble() / 4));
#pragma warning restore CA5394
        return wait < _options.LongestWait ? wait : _options.LongestWait;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > DateTimeOffset.UtcNow => date - DateTimeOffset.UtcNow,
        _ => null,
    };

    private static async Task<VeilApiException> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var problem = Problem.Read(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        return new VeilApiException(status, problem?.Code ?? "", problem?.Detail ?? problem?.Title ?? $"The server answered {status}.", problem?.Hint ?? "", problem?.RequestId ?? "") { RetryAfter = RetryAfter(response) };
    }
}
