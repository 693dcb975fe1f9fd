using Microsoft.AspNetCore.Http;
using Veil.Studio.Languages;

namespace Veil.Studio.Hosting;

/// <summary>Lets in who shows the session's cookie, gives the cookie to who brings a token, and explains to everybody else how to get in.</summary>
internal sealed class AccessGate(RequestDelegate next, AccessTokens tokens)
{
    private const string TokenKey = "token";

    /// <summary>Answers 401 without cookie and token.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && request.Path == "/" && request.Query.TryGetValue(TokenKey, out var token))
        {
            return tokens.Redeem(token.ToString()) ? AdmitAsync(context) : RefuseAsync(context);
        }

        return request.Cookies.TryGetValue(CookieName(context), out var session) && tokens.IsSession(session) ? next(context) : RefuseAsync(context);
    }

    // Cookies do not tell ports apart, and several studios may run on one machine.
    private static string CookieName(HttpContext context) => FormattableString.Invariant($"veil-studio-{context.Connection.LocalPort}");

    // A page that goes on by itself rather than a status 302: the cookie is bound to this site, and a browser that was sent here by another program or
    // page would leave it out of a request that a redirect made. The address with the token does not stay in the history.
    private Task AdmitAsync(HttpContext context)
    {
        context.Response.Cookies.Append(CookieName(context), tokens.Session, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
        return WriteAsync(context, "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=/\"><link rel=\"icon\" href=\"data:,\"><title>Veil Studio</title><a href=\"/\">Veil Studio</a>\n");
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return WriteAsync(context, AccessPage.For(StudioLanguage.Of(context.Request)));
    }

    private static Task WriteAsync(HttpContext context, string page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page, context.RequestAborted);
    }
}
