using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Veil.Studio.Api.Operations;
using Veil.Studio.Hosting;

namespace Veil.Studio.Api.OpenApi;

/// <summary>The document, and a page on which it is read and tried. Everything comes from this server.</summary>
internal static class ApiPages
{
    private const string Script = "rapidoc-min.js";

    // Its components make styles as they run; it loads fonts from afar only where it is asked to.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <link rel="icon" href="data:,">
          <title>Veil API</title>
          <script type="module" src="/docs/rapidoc-min.js"></script>
          <style>body { margin: 0 }</style>
        </head>
        <body>
          <rapi-doc spec-url="/openapi/v1.json" load-fonts="false" regular-font="system-ui, sans-serif" mono-font="ui-monospace, monospace"
            render-style="read" show-header="false" allow-server-selection="false" allow-spec-url-load="false" allow-spec-file-load="false" allow-authentication="true"
            persist-auth="false" schema-style="table" use-path-in-nav-bar="true" primary-color="#2f6fb5" theme="light" nav-bg-color="#f2f4f7" nav-text-color="#1d2430">
          </rapi-doc>
          <noscript>The document is at <a href="/openapi/v1.json">/openapi/v1.json</a>.</noscript>
        </body>
        </html>

        """;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, IReadOnlyList<ApiOperation> operations)
    {
        var document = ApiDocument.Create(operations);
        var script = Path.Combine(ProgramFiles.Folder, "lib", Script);
        string[] reading = ["GET", "HEAD"];
        routes.MapMethods("/", reading, static (HttpContext context) => context.Response.Redirect("/docs"));
        routes.MapMethods(ApiDocument.Path, reading, (HttpContext context) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, document));
        routes.MapMethods("/docs", reading, static (HttpContext context) =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return context.Response.WriteAsync(Page, context.RequestAborted);
        });
        routes.MapMethods("/docs/" + Script, reading, (HttpContext context) =>
        {
            context.Response.ContentType = "text/javascript";
            context.Response.Headers.CacheControl = "no-cache";
            return context.Response.SendFileAsync(script, context.RequestAborted);
        });
    }
}
