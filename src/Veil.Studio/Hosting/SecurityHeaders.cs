using Microsoft.AspNetCore.Http;

namespace Veil.Studio.Hosting;

/// <summary>Headers of every answer: nothing from afar runs, nothing is framed, nothing is kept by caches or told to other sites.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Sets the headers, then lets the rest answer.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        // 'unsafe-inline' for styles alone: web components and charts set style attributes.
        headers.ContentSecurityPolicy =
            "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; "
            + $"connect-src 'self' ws://{context.Request.Host.Value}; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), display-capture=()";
        // Most answers show people. What may be kept (files of the program) says so itself.
        headers.CacheControl = "no-store";
        return next(context);
    }
}
