using System.Net;
using Microsoft.AspNetCore.Http;

namespace Veil.Studio.Hosting;

/// <summary>
/// Turns away what other sites send through the user's own browser. A name of theirs that resolves to this machine shows in the Host header
/// (DNS rebinding); their requests show in Origin and Sec-Fetch-Site. Another port of this machine is another site, too.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next)
{
    /// <summary>Answers 421 for another host and 403 for another site; lets the rest pass.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsOwnHost(request.Host, context.Connection.LocalPort))
        {
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "The studio answers only on its own address of this machine.");
        }

        if (!IsFromHere(request))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "Requests that come from other sites are refused.");
        }

        return next(context);
    }

    private static bool IsOwnHost(HostString host, int port) =>
        host.Port == port && (string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address)));

    private static bool IsFromHere(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        // Blazor's socket may come as GET with an upgrade or as CONNECT.
        var reads = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Upgrade.Count == 0;
        if (reads && (string.Equals(request.Headers["Sec-Fetch-Mode"], "navigate", StringComparison.Ordinal) || site is "" or "none"))
        {
            return true;
        }

        // Every browser names the origin of what is not a plain reading; who names none is not a page of the studio.
        return site is "" or "same-origin"
            && (origin.Length > 0 ? string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase) : reads);
    }

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}
