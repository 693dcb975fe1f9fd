using System.Net;
using Microsoft.AspNetCore.Http;
using Veil.Studio.Api.Errors;

namespace Veil.Studio.Api.Http;

/// <summary>
/// Refuses what other sites send through somebody's browser. A name of theirs that resolves to this server shows in Host, their
/// pages show in Origin and Sec-Fetch-Site. The API is for programs: it answers no page but its own.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, ApiOptions options)
{
    /// <summary>Throws for another host and for another site; lets the rest pass.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsOwnHost(request.Host.Host))
        {
            throw new ApiException(ApiErrors.WrongHost, "Expected a name of this server in the header Host, but received another.");
        }

        if (!IsOwnSite(request))
        {
            throw new ApiException(ApiErrors.CrossSite, "Expected a request from a program or from this server's own page, but it comes from a page of another site.");
        }

        return next(context);
    }

    private bool IsOwnHost(string host)
    {
        if (options.HostNames.Any(name => string.Equals(name, host, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        var isLoopback = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return isLoopback || (!IPAddress.IsLoopback(options.Bind) && options.HostNames.Count == 0);
    }

    private static bool IsOwnSite(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "none" or "same-origin"))
        {
            // A link to the page or the document may be followed from anywhere.
            return HttpMethods.IsGet(request.Method) && string.Equals(request.Headers["Sec-Fetch-Mode"], "navigate", StringComparison.Ordinal);
        }

        // Behind a proxy that ends TLS the scheme differs; host and port do not.
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, new Uri($"{from.Scheme}://{request.Host.Value}").Authority, StringComparison.OrdinalIgnoreCase));
    }
}
