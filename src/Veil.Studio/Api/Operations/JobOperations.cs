using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Veil.Errors;
using Veil.Regions;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.Http;
using Veil.Studio.Api.OpenApi;
using Veil.Studio.Api.Work;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Operations;

/// <summary>Films and many pictures: sent once, worked on when their turn comes. Each key sees its own jobs alone.</summary>
internal static class JobOperations
{
    private const string Tag = "Jobs";
    private const int MostAtOnce = 200;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>The address's parameter.</summary>
    internal static readonly ApiParameter IdParameter = new("id", "The job's id.", Schemas.JobId) { Place = ParameterPlace.Path };

    /// <summary><c>POST /v1/jobs</c>.</summary>
    public static ApiOperation Create(ApiParts parts) => new("POST", "/v1/jobs", "createJob", "Create a job", context => CreateAsync(context, parts))
    {
        Tag = Tag,
        Description = "Files come as parts `files` of a form, or are named by `paths` on the server within the roots that its operator allows. Archives are never unpacked. "
            + "Once the answer is there the job is accepted: it is done exactly once, also when the server ends in the middle of it. With an `Idempotency-Key` the request may be sent again.",
        Body = OperationBody.Job,
        Parameters =
        [
            .. SettingsSchema.QueryParameters,
            new ApiParameter(JobSubmission.IdempotencyHeader, "Any text of 1 to 200 printable ASCII characters. The same key with the same request names the same job.", Schemas.Text) { Place = ParameterPlace.Header, Example = "order-4711" },
        ],
        TakesMethodOptions = true,
        RequestBody = Bodies.Job,
        Answers =
        [
            ApiAnswer.Json(201, "The job is accepted.", () => Schemas.Ref("Job")) with { Headers = [("Location", "Where it is.", Schemas.Text)], Example = Examples.Job },
            ApiAnswer.Json(200, "A request with this Idempotency-Key has made this job before.", () => Schemas.Ref("Job")) with { Headers = [("Location", "Where it is.", Schemas.Text)] },
        ],
        Errors =
        [
            ApiErrors.UnknownParameter, ApiErrors.EmptyBody, ApiErrors.TruncatedUpload, ApiErrors.OptionNotAllowed, ApiErrors.PathNotAllowed, ApiErrors.UploadTooSlow, ApiErrors.IdempotencyConflict,
            ApiErrors.UploadTooLarge, ApiErrors.UnsupportedMediaType, ApiErrors.TooManyJobs, ApiErrors.For(VeilErrorCode.StoreUnavailable),
        ],
    };

    /// <summary><c>GET /v1/jobs</c>.</summary>
    public static ApiOperation List(ApiParts parts) => new("GET", "/v1/jobs", "listJobs", "List your jobs, newest first", context => ListAsync(context, parts))
    {
        Tag = Tag,
        Parameters =
        [
            new ApiParameter("state", "Only those in this state.", () => Schemas.OneOf(Enum.GetValues<JobState>().Select(RegionJson.NameOf))),
            new ApiParameter("limit", $"At most so many, up to {MostAtOnce}; 50 by default.", () => Schemas.Integer(1, MostAtOnce)),
            new ApiParameter("after", "Only those behind this one: `next` of the page before.", Schemas.JobId),
        ],
        Answers = [ApiAnswer.Json(200, "A page of jobs.", () => Schemas.Ref("JobPage"))],
        Errors = [ApiErrors.UnknownParameter, ApiErrors.For(VeilErrorCode.StoreUnavailable)],
    };

    /// <summary><c>GET /v1/jobs/{id}</c>.</summary>
    public static ApiOperation Get(ApiParts parts) => new("GET", "/v1/jobs/{id}", "getJob", "Look at a job", async context =>
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, JobView.Of(await FindAsync(context, parts))))
    {
        Tag = Tag,
        Parameters = [IdParameter],
        Answers = [ApiAnswer.Json(200, "The job.", () => Schemas.Ref("Job")) with { Example = Examples.Job }],
        Errors = [ApiErrors.UnknownParameter, ApiErrors.JobNotFound, ApiErrors.For(VeilErrorCode.StoreUnavailable)],
    };

    /// <summary><c>DELETE /v1/jobs/{id}</c>.</summary>
    public static ApiOperation Delete(ApiParts parts) => new("DELETE", "/v1/jobs/{id}", "deleteJob", "Delete a job with all its files", context => DeleteAsync(context, parts))
    {
        Tag = Tag,
        Description = "Cancels the job first if it has not ended.",
        Parameters = [IdParameter],
        Answers = [new ApiAnswer(204, "Everything of it is gone."), new ApiAnswer(202, "It is being worked on: it is being stopped, and deleted then.")],
        Errors = [ApiErrors.UnknownParameter, ApiErrors.JobNotFound, ApiErrors.For(VeilErrorCode.StoreUnavailable)],
    };

    /// <summary><c>GET /v1/jobs/{id}/events</c>.</summary>
    public static ApiOperation Events(ApiParts parts) => new("GET", "/v1/jobs/{id}/events", "followJob", "Follow a job", context => EventsAsync(context, parts))
    {
        Tag = Tag,
        Description = "Server-sent events: how the job is now, each change, and how it ended. `event` is `changed`, `ended` or `deleted`; `data` is the job. Whoever was cut off sends the last `id` as `Last-Event-ID`. A comment every 15 seconds keeps connections alive.",
        Parameters = [IdParameter, new ApiParameter("Last-Event-ID", "Id of the last event that was seen.", () => Schemas.Integer(0, null)) { Place = ParameterPlace.Header }],
        Answers = [new ApiAnswer(200, "The events.") { Content = [("text/event-stream", Schemas.Text)] }],
        Errors = [ApiErrors.UnknownParameter, ApiErrors.JobNotFound, ApiErrors.For(VeilErrorCode.StoreUnavailable)],
    };

    /// <summary>The job that an address names.</summary>
    /// <exception cref="ApiException">This key has none; another's is not told from none.</exception>
    internal static async Task<Job> FindAsync(HttpContext context, ApiParts parts) =>
        await parts.Queue.FindAsync(KeyGate.OwnerOf(context), IdOf(context), context.RequestAborted) is { RemovalAsked: null } job ? job : throw Missing();

    private static async Task CreateAsync(HttpContext context, ApiParts parts)
    {
        var (job, isNew) = await parts.Submission.TakeAsync(context.Request, KeyGate.OwnerOf(context), context.RequestAborted);
        context.Response.Headers.Location = "/v1/jobs/" + job.Id;
        await JsonAnswer.WriteAsync(context, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, JobView.Of(job));
    }

    private static async Task ListAsync(HttpContext context, ApiParts parts)
    {
        var query = context.Request.Query;
        var limit = 50;
        if (query.TryGetValue("limit", out var wanted) && !(int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MostAtOnce))
        {
            throw new ApiException(ApiErrors.BadRequest, $"Expected a limit of 1 to {MostAtOnce}.");
        }

        JobState? state = null;
        if (query.TryGetValue("state", out var named))
        {
            state = Enum.GetValues<JobState>().Cast<JobState?>().FirstOrDefault(one => RegionJson.NameOf(one!.Value) == named.ToString())
                ?? throw new ApiException(ApiErrors.BadRequest, $"Expected a state out of {string.Join(", ", Enum.GetValues<JobState>().Select(RegionJson.NameOf))}.");
        }

        JobId? after = null;
        if (query.TryGetValue("after", out var last))
        {
            after = JobId.TryParse(last) ?? throw new ApiException(ApiErrors.BadRequest, "Expected a job's id in 'after'.");
        }

        var jobs = await parts.Queue.ListAsync(new JobQuery { Owner = KeyGate.OwnerOf(context), State = state, Limit = limit, After = after }, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["jobs"] = new JsonArray([.. jobs.Where(job => job.RemovalAsked is null).Select(JobView.Of)]),
            ["next"] = jobs.Count == limit ? jobs[^1].Id.ToString() : null,
        });
    }

    private static async Task DeleteAsync(HttpContext context, ApiParts parts) =>
        context.Response.StatusCode = await parts.Queue.DeleteAsync(KeyGate.OwnerOf(context), IdOf(context), context.RequestAborted) switch
        {
            JobRemoval.Deleted => StatusCodes.Status204NoContent,
            JobRemoval.Stopping => StatusCodes.Status202Accepted,
            _ => throw Missing(),
        };

    private static async Task EventsAsync(HttpContext context, ApiParts parts)
    {
        var job = await FindAsync(context, parts);
        var header = context.Request.Headers["Last-Event-ID"].ToString();
        var after = 0L;
        if (header.Length > 0 && !long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            throw new ApiException(ApiErrors.BadRequest, "Expected a number in Last-Event-ID.");
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        // Followers reconnect, here or at another server; the end of this one is not kept waiting for them.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, parts.Lifetime.ApplicationStopping);
        try
        {
            await EventStream.WriteAsync(context.Response.Body, parts.Queue.WatchAsync(KeyGate.OwnerOf(context), job.Id, after, ending.Token), KeepAlive, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Nobody listens any more, or the server is to end.
        }
    }

    private static JobId IdOf(HttpContext context) => JobId.TryParse(context.Request.RouteValues["id"] as string) ?? throw Missing();

    private static ApiException Missing() => new(ApiErrors.JobNotFound, "There is no job of this key with this id.");
}
