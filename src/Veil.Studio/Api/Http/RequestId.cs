using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Veil.Studio.Api.Http;

/// <summary>Names a request in its answer, in the log and in traces. Random: it says nothing about who asked for what.</summary>
internal static class RequestId
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Request-Id";

    private const int Bytes = 12;

    /// <summary>Gives a request its id.</summary>
    public static void Give(HttpContext context)
    {
        context.TraceIdentifier = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        context.Response.Headers[Header] = context.TraceIdentifier;
    }

    /// <summary>The id of a request.</summary>
    public static string Of(HttpContext context) => context.TraceIdentifier;
}
