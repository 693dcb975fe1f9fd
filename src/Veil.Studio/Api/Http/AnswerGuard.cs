using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Veil.Errors;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.Operations;
using Veil.Studio.Api.Telemetry;

namespace Veil.Studio.Api.Http;

/// <summary>
/// Around everything: gives each request an id, turns errors into problem documents, measures and logs. What is logged is method,
/// route, status and time; no address, no file name, no key.
/// </summary>
internal sealed partial class AnswerGuard(RequestDelegate next, ILogger<AnswerGuard> logger)
{
    /// <summary>Answers, whatever happens.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var begun = Stopwatch.GetTimestamp();
        RequestId.Give(context);
        SetHeaders(context.Response);
        using var activity = ApiTelemetry.Source.StartActivity("http request", ActivityKind.Server);
        try
        {
            await GuardedAsync(context);
        }
        finally
        {
            Note(context, activity, Stopwatch.GetElapsedTime(begun));
        }
    }

    private async Task GuardedAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed && context.Response.ContentLength is null && context.Response.ContentType is null)
            {
                await AnswerUnroutedAsync(context);
            }
        }
        catch (Exception error) when (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            // Nothing can be said any more. Whoever reads must see that the answer is not whole.
            LogBroken(logger, RequestId.Of(context), error.GetType().Name);
            context.Abort();
        }
        catch (ApiException error)
        {
            await ProblemWriter.WriteAsync(context, error.Error, error.Message, retryAfter: error.RetryAfter);
        }
        catch (VeilException error)
        {
            if (ApiErrors.For(error.Code).Status >= StatusCodes.Status500InternalServerError)
            {
                LogFailed(logger, RequestId.Of(context), error.Code.ToString(), error.StackTrace);
            }

            await ProblemWriter.WriteAsync(context, error);
        }
        catch (BadHttpRequestException error)
        {
            var row = RowOf(error);
            await ProblemWriter.WriteAsync(context, row, row.Title);
        }
        catch (Exception error)
        {
            LogFailed(logger, RequestId.Of(context), error.GetType().Name, error.StackTrace);
            await ProblemWriter.WriteAsync(context, ApiErrors.For(VeilErrorCode.UnexpectedFailure), "The request ended with an error that Veil does not know.");
        }
    }

    private static ApiError RowOf(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => ApiErrors.UploadTooLarge,
        StatusCodes.Status408RequestTimeout => ApiErrors.UploadTooSlow,
        _ => ApiErrors.TruncatedUpload,
    };

    private static Task AnswerUnroutedAsync(HttpContext context)
    {
        if (context.Response.StatusCode == StatusCodes.Status404NotFound)
        {
            return ProblemWriter.WriteAsync(context, ApiErrors.NotFound, "There is nothing at this address.");
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return ProblemWriter.WriteAsync(context, ApiErrors.MethodNotAllowed, $"Expected {context.Response.Headers.Allow}, but received another method.");
    }

    private static void SetHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        // Most answers show people.
        headers.CacheControl = "no-store";
    }

    private void Note(HttpContext context, Activity? activity, TimeSpan elapsed)
    {
        var operation = context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>();
        var (method, route, status) = (ApiTelemetry.KnownMethod(context.Request.Method), operation?.Path ?? "none", context.Response.StatusCode);
        ApiTelemetry.Request(method, route, status, elapsed);
        if (activity is not null)
        {
            activity.DisplayName = $"{method} {route}";
            activity.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status).SetTag("veil.request_id", RequestId.Of(context));
            activity.SetStatus(status >= StatusCodes.Status500InternalServerError ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }

        LogAnswered(logger, RequestId.Of(context), method, route, status, (long)elapsed.TotalMilliseconds);
    }

    [LoggerMessage(30, LogLevel.Information, "Request {Request}: {Method} {Route} {Status} in {Milliseconds} ms")]
    private static partial void LogAnswered(ILogger logger, string request, string method, string route, int status, long milliseconds);

    [LoggerMessage(31, LogLevel.Error, "Request {Request} failed: {Error}\n{Trace}")]
    private static partial void LogFailed(ILogger logger, string request, string error, string? trace);

    [LoggerMessage(32, LogLevel.Information, "Request {Request} was broken off: {Error}")]
    private static partial void LogBroken(ILogger logger, string request, string error);
}
