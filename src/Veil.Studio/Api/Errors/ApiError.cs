namespace Veil.Studio.Api.Errors;

/// <summary>One row of the table of errors.</summary>
/// <param name="Code">Stable name; clients rely on it.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">What it means, the same each time.</param>
/// <param name="Hint">What to do where nothing better is known; may be empty.</param>
internal sealed record ApiError(string Code, int Status, string Title, string Hint);
