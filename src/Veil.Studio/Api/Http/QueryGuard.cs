using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Veil.Errors;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.Operations;

namespace Veil.Studio.Api.Http;

/// <summary>
/// Holds requests to what their operation says: no parameter that it does not know (a misspelt one would silently leave a default in
/// force), and no larger body.
/// </summary>
internal sealed class QueryGuard(RequestDelegate next, ApiLimits limits)
{
    // What a form adds around its files.
    private const long FormBytes = 1 << 20;

    /// <summary>Throws for an unknown parameter; lets the rest pass.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() is not { } operation)
        {
            return next(context);
        }

        if (!operation.TakesMethodOptions)
        {
            var known = operation.Parameters.Where(parameter => parameter.Place == ParameterPlace.Query).Select(parameter => parameter.Name).ToList();
            if (context.Request.Query.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            {
                throw new ApiException(ApiErrors.UnknownParameter, $"Expected {(known.Count == 0 ? "no query parameters" : "query parameters out of " + string.Join(", ", known))}, but received '{Excerpt.Of(unknown, 40)}'.");
            }
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = operation.Body switch
            {
                OperationBody.Picture => limits.MaxImageBytes + FormBytes,
                OperationBody.Job => limits.MaxJobBytes + (FormBytes * 16),
                _ => FormBytes,
            };
        }

        return next(context);
    }
}
