using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.OpenApi;

namespace Veil.Studio.Api.Operations;

/// <summary>For whoever runs the server, and for what balances its load.</summary>
internal static class StatusOperations
{
    private const string Tag = "Status";

    /// <summary><c>GET /health</c>.</summary>
    public static ApiOperation Health { get; } = new("GET", "/health", "health", "Whether the server lives", context =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["status"] = "alive" }))
    {
        Tag = Tag,
        Security = OperationSecurity.Open,
        Answers = [ApiAnswer.Json(200, "It does.", () => Schemas.Ref("Health"))],
        Errors = [ApiErrors.UnknownParameter],
    };

    /// <summary><c>GET /ready</c>.</summary>
    public static ApiOperation Ready(ApiParts parts) => new("GET", "/ready", "ready", "Whether the server can do its work", context => ReadyAsync(context, parts))
    {
        Tag = Tag,
        Description = "Models load, jobs can be kept, there is room on the disk, and the server is not about to end.",
        Security = OperationSecurity.Open,
        Answers =
        [
            ApiAnswer.Json(200, "It can.", () => Schemas.Ref("Readiness")),
            ApiAnswer.Json(503, "It cannot; `reasons` says why.", () => Schemas.Ref("Readiness")),
        ],
        Errors = [ApiErrors.UnknownParameter],
    };

    private static async Task ReadyAsync(HttpContext context, ApiParts parts)
    {
        var reasons = await parts.Readiness.ReasonsAsync(context.RequestAborted);
        await JsonAnswer.WriteAsync(context, reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, new JsonObject
        {
            ["status"] = reasons.Count == 0 ? "ready" : "not ready",
            ["reasons"] = new JsonArray([.. reasons.Select(reason => (JsonNode)new JsonObject { ["code"] = reason.Code, ["message"] = reason.Message })]),
        });
    }
}
