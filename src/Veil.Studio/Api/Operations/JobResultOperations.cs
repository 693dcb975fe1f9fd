using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Veil.Errors;
using Veil.Imaging;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.OpenApi;
using Veil.Studio.Api.Work;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Operations;

/// <summary>What a job that is done has made.</summary>
internal static class JobResultOperations
{
    private const string Tag = "Jobs";
    private static readonly ApiError[] Problems = [ApiErrors.UnknownParameter, ApiErrors.JobNotFound, ApiErrors.JobNotDone, ApiErrors.For(VeilErrorCode.StoreUnavailable)];

    /// <summary><c>GET /v1/jobs/{id}/result</c>.</summary>
    public static ApiOperation Result(ApiParts parts) => new("GET", "/v1/jobs/{id}/result", "getJobResult", "Download the results", context => ResultAsync(context, parts))
    {
        Tag = Tag,
        Description = "One result comes as it is; several come as a zip whose entries are named after the inputs. Inputs that failed have no result: see the report.",
        Parameters = [JobOperations.IdParameter],
        Answers =
        [
            new ApiAnswer(200, "The result.")
            {
                Content =
                [
                    ("application/zip", Schemas.Binary), ("video/mp4", Schemas.Binary), ("video/quicktime", Schemas.Binary), ("video/x-matroska", Schemas.Binary), ("video/webm", Schemas.Binary),
                    ("application/octet-stream", Schemas.Binary),
                    .. Enum.GetValues<PictureFormat>().Where(format => format != PictureFormat.Heif).Select(format => (MediaTypes.Of(format), (Func<System.Text.Json.Nodes.JsonObject>)Schemas.Binary)),
                ],
                Headers = [("Content-Disposition", "The file's name.", Schemas.Text)],
            },
        ],
        Errors = Problems,
    };

    /// <summary><c>GET /v1/jobs/{id}/report</c>.</summary>
    public static ApiOperation Report(ApiParts parts) => new("GET", "/v1/jobs/{id}/report", "getJobReport", "Read the run report", context => ReportAsync(context, parts))
    {
        Tag = Tag,
        Description = "What was found and covered in each file, which failed and why, every option in force, the models with their licences, and times.",
        Parameters = [JobOperations.IdParameter],
        Answers = [ApiAnswer.Json(200, "The report.", () => Schemas.Ref("Report"))],
        Errors = Problems,
    };

    private static async Task ResultAsync(HttpContext context, ApiParts parts)
    {
        var folder = await FolderAsync(context, parts);
        await GuardedAsync(async () =>
        {
            var results = await AnonymizingJobs.ListAsync(folder, context.RequestAborted);
            if (results is [var only])
            {
                await SendAsync(context, Path.Combine(folder, only.File), MediaTypes.OfFile(only.File), only.Name);
                return;
            }

            context.Response.ContentType = "application/zip";
            context.Response.Headers.ContentDisposition = Attachment("veil-results.zip");
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                // The archive writes what stands around its entries synchronously, a few bytes each.
                context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
                await ZipAsync(context.Response.Body, folder, results, context.RequestAborted);
            }
        });
    }

    private static async Task ReportAsync(HttpContext context, ApiParts parts)
    {
        var folder = await FolderAsync(context, parts);
        await GuardedAsync(() => SendAsync(context, Path.Combine(folder, AnonymizingJobs.ReportFile), "application/json", null));
    }

    private static async Task<string> FolderAsync(HttpContext context, ApiParts parts)
    {
        var job = await JobOperations.FindAsync(context, parts);
        return parts.Queue.Results(job) ?? throw new ApiException(ApiErrors.JobNotDone, job.State switch
        {
            JobState.Failed => "The job failed, so that it has no results; its error says why.",
            JobState.Cancelled => "The job was cancelled, so that it has no results.",
            _ => "The job is not done yet.",
        });
    }

    // Pictures and films are packed already; storing them costs no time.
    private static async Task ZipAsync(Stream body, string folder, IReadOnlyList<JobResult> results, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var result in results)
        {
            var entry = zip.CreateEntry(result.Name, CompressionLevel.NoCompression);
            await using var target = await entry.OpenAsync(cancellationToken);
            await using var source = Open(Path.Combine(folder, result.File));
            await source.CopyToAsync(target, cancellationToken);
        }
    }

    private static async Task SendAsync(HttpContext context, string path, string mediaType, string? name)
    {
        await using var source = Open(path);
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = source.Length;
        if (name is not null)
        {
            context.Response.Headers.ContentDisposition = Attachment(Path.GetFileName(name));
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await source.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static string Attachment(string name)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        return disposition.ToString();
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);

    // The job was deleted, or its time was over, while its results were asked for.
    private static async Task GuardedAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ApiException(ApiErrors.JobNotFound, "The job's results have been deleted.");
        }
    }
}
