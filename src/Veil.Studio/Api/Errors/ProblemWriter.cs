using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Veil.Errors;
using Veil.Studio.Api.Http;

namespace Veil.Studio.Api.Errors;

/// <summary>Answers with a problem document after RFC 9457. No stack trace and no path of the server is ever part of it.</summary>
internal static class ProblemWriter
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Writes the answer.</summary>
    /// <param name="context">The request; its answer has not begun.</param>
    /// <param name="error">The row of the table.</param>
    /// <param name="detail">What was expected and what came.</param>
    /// <param name="hint">What to do; null for the table's word.</param>
    /// <param name="retryAfter">When to try again.</param>
    public static async Task WriteAsync(HttpContext context, ApiError error, string detail, string? hint = null, TimeSpan? retryAfter = null)
    {
        var response = context.Response;
        response.StatusCode = error.Status;
        response.ContentType = MediaType;
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"veil\"";
        }

        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", error.Title);
            json.WriteNumber("status", error.Status);
            json.WriteString("detail", detail);
            json.WriteString("code", error.Code);
            json.WriteString("hint", error.HintOr(hint));
            json.WriteString("requestId", RequestId.Of(context));
            json.WriteEndObject();
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
        }
    }

    /// <summary>Writes an engine's error.</summary>
    public static Task WriteAsync(HttpContext context, VeilException error) => WriteAsync(
        context, ApiErrors.For(error.Code), error.Message, error.Hint, error.Code == VeilErrorCode.StoreUnavailable ? TimeSpan.FromSeconds(5) : null);
}
