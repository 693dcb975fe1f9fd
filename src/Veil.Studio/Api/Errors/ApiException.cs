namespace Veil.Studio.Api.Errors;

/// <summary>A request that is refused; becomes the answer.</summary>
/// <param name="error">The row of the table.</param>
/// <param name="detail">What was expected and what came.</param>
internal sealed class ApiException(ApiError error, string detail) : Exception(detail)
{
    /// <summary>The row of the table.</summary>
    public ApiError Error { get; } = error;

    /// <summary>When to try again; null when that would not help, or nobody knows.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
