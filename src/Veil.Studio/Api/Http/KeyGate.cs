using Microsoft.AspNetCore.Http;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.Keys;
using Veil.Studio.Api.Operations;

namespace Veil.Studio.Api.Http;

/// <summary>Lets in who shows a valid key; operations that show nothing of anybody are open.</summary>
internal sealed class KeyGate(RequestDelegate next, ApiOptions options, ApiKeyFile keys)
{
    /// <summary>The owner of everything where no keys are asked for.</summary>
    public const string Anybody = "anybody";

    private const string Bearer = "Bearer ";
    private static readonly object OwnerItem = new();

    /// <summary>Id of the key that a request showed.</summary>
    public static string OwnerOf(HttpContext context) =>
        context.Items[OwnerItem] as string ?? throw new InvalidOperationException("Expected an operation behind keys.");

    /// <summary>Throws without a valid key.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() is not { Security: OperationSecurity.Key })
        {
            return next(context);
        }

        context.Items[OwnerItem] = options.Access == ApiAccess.Anybody ? Anybody : KeyOf(context.Request).Id;
        return next(context);
    }

    private ApiKey KeyOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        var own = request.Headers["X-Api-Key"].ToString();
        var shown = own.Length > 0 ? own : authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : "";
        if (shown.Length == 0)
        {
            throw new ApiException(ApiErrors.KeyMissing, "Expected an API key, but the request shows none.");
        }

        return keys.Find(shown) ?? throw new ApiException(ApiErrors.KeyInvalid, "Expected a valid API key, but the one shown is unknown, expired or revoked.");
    }
}
