using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.Uploads;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Work;

/// <summary>Takes in jobs: files of a form, or paths on the server.</summary>
internal sealed class JobSubmission(JobQueue queue, AllowedRoots roots, ApiLimits limits)
{
    /// <summary>The header that makes a request one that may be sent again.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    private const int LongestKey = 200;
    private const int LongestName = 255;
    private static readonly TimeSpan UntilSomeHaveEnded = TimeSpan.FromSeconds(15);

    // Requests with one key follow each other: the second finds the job of the first.
    private readonly SemaphoreSlim[] _order = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Takes in a job.</summary>
    /// <param name="request">The request.</param>
    /// <param name="owner">Id of the key.</param>
    /// <param name="cancellationToken">Gives up; nothing is left behind then.</param>
    /// <returns>The job, and whether it is new.</returns>
    public async Task<(Job Job, bool IsNew)> TakeAsync(HttpRequest request, string owner, CancellationToken cancellationToken)
    {
        var key = request.Headers[IdempotencyHeader].ToString();
        if (key.Length == 0)
        {
            return (await SubmitAsync(request, owner, JobId.New(), cancellationToken), true);
        }

        if (key.Length > LongestKey || !key.All(letter => letter is > ' ' and < '\x7f'))
        {
            throw new ApiException(ApiErrors.BadRequest, $"Expected an Idempotency-Key of 1 to {LongestKey} printable ASCII characters without spaces.");
        }

        var id = JobId.Of(owner, key);
        var order = _order[(uint)id.GetHashCode() % (uint)_order.Length];
        await order.WaitAsync(cancellationToken);
        try
        {
            return await queue.FindAsync(owner, id, cancellationToken) is { } job
                ? (await CompareAsync(request, job, cancellationToken), false)
                : (await SubmitAsync(request, owner, id, cancellationToken), true);
        }
        finally
        {
            order.Release();
        }
    }

    private async Task<Job> SubmitAsync(HttpRequest request, string owner, JobId id, CancellationToken cancellationToken)
    {
        var counts = await queue.CountAsync(owner, cancellationToken);
        if (counts.Queued + counts.Running >= limits.MaxJobs)
        {
            throw new ApiException(ApiErrors.TooManyJobs, $"Expected fewer than {limits.MaxJobs} jobs of this key that wait or run.") { RetryAfter = UntilSomeHaveEnded };
        }

        await using var draft = queue.Draft(owner, id);
        var taken = await ReadAsync(
            request,
            (name, body, left) => AddAsync(draft, name, body, left, cancellationToken),
            path => draft.AddServerPath(Path.GetFileName(path), path, FileKinds.Of(path) == FileKind.Regular ? new FileInfo(path).Length : 0),
            cancellationToken);
        return await draft.SubmitAsync(taken.ToJson(), cancellationToken);
    }

    // Of an upload it is the request that is too large, not the picture.
    private static async Task AddAsync(JobDraft draft, string name, Stream body, long left, CancellationToken cancellationToken)
    {
        try
        {
            await draft.AddAsync(name, body, left, cancellationToken);
        }
        catch (VeilException error) when (error.Code == VeilErrorCode.LimitExceeded)
        {
            throw BodyReader.TooLarge(left);
        }
    }

    private async Task<Job> CompareAsync(HttpRequest request, Job job, CancellationToken cancellationToken)
    {
        var again = await ReadAsync(request, (_, body, left) => BodyReader.CopyAsync(body, Stream.Null, left, cancellationToken), static _ => { }, cancellationToken);
        return again.Fingerprint == JobRequest.Of(job).Fingerprint ? job : throw new ApiException(
            ApiErrors.IdempotencyConflict, "Expected the same files and settings as when this Idempotency-Key was used first, but received others.");
    }

    private async Task<JobRequest> ReadAsync(HttpRequest request, Func<string, Stream, long, Task> add, Action<string> name, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var type = BodyReader.TypeOf(request);
        AnonymizerSettings settings;
        if (BodyReader.IsForm(type))
        {
            settings = await ReadFormAsync(request, add, digest, cancellationToken);
        }
        else if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            settings = await ReadPathsAsync(request, name, digest, cancellationToken);
        }
        else
        {
            throw new ApiException(ApiErrors.UnsupportedMediaType, "Expected multipart/form-data with files, or application/json with paths.");
        }

        // What cannot be done is refused here, not when its turn has come.
        await Task.Run(() => Anonymizer.Create(settings, cancellationToken).Dispose(), cancellationToken);
        var document = ApiSettings.Write(settings);
        digest.AppendData(Encoding.UTF8.GetBytes(document));
        return new JobRequest(JsonElement.Parse(document), Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    private async Task<AnonymizerSettings> ReadFormAsync(HttpRequest request, Func<string, Stream, long, Task> add, IncrementalHash digest, CancellationToken cancellationToken)
    {
        JsonElement? document = null;
        var (files, left) = (0, limits.MaxJobBytes);
        await foreach (var part in BodyReader.PartsAsync(request, BodyReader.TypeOf(request), cancellationToken))
        {
            switch (part.Name)
            {
                case "files" when ++files <= limits.MaxJobFiles:
                    var name = part.FileName.Length is > 0 and <= LongestName ? part.FileName : $"file {files}";
                    digest.AppendData(Encoding.UTF8.GetBytes($"file {name.Length} {name}\n"));
                    var body = new HashingStream(part.Body, digest);
                    await add(name, body, left);
                    left -= body.BytesRead;
                    break;
                case "files":
                    throw new ApiException(ApiErrors.UploadTooLarge, $"Expected at most {limits.MaxJobFiles} files in one job, but received more.");
                case "settings" when document is null:
                    document = await BodyReader.JsonAsync(part.Body, cancellationToken);
                    break;
                default:
                    throw new ApiException(ApiErrors.BadRequest, "Expected parts 'files' and at most one part 'settings', but received others.");
            }
        }

        return files > 0
            ? ApiSettings.Read(request.Query, document, limits.JobPicture)
            : throw new ApiException(ApiErrors.EmptyBody, "Expected at least one part 'files', but there is none.");
    }

    private async Task<AnonymizerSettings> ReadPathsAsync(HttpRequest request, Action<string> name, IncrementalHash digest, CancellationToken cancellationToken)
    {
        var root = new JsonPlace(await BodyReader.JsonAsync(request.Body, cancellationToken), "$");
        root.AllowOnly("paths", "settings");
        var paths = root.Require("paths").Items().Select(path => path.Text()).ToList();
        if (paths.Count == 0 || paths.Count > limits.MaxJobFiles)
        {
            throw new ApiException(ApiErrors.BadRequest, $"Expected 1 to {limits.MaxJobFiles} paths, but received {paths.Count}.");
        }

        foreach (var path in paths)
        {
            digest.AppendData(Encoding.UTF8.GetBytes($"path {path.Length} {path}\n"));
            name(roots.Require(path));
        }

        return ApiSettings.Read(request.Query, root.Find("settings")?.Element, limits.JobPicture);
    }
}
