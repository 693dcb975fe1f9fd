namespace Veil.Studio.Api.Errors;

/// <summary>One row of the table of errors.</summary>
/// <param name="Code">Stable name; clients rely on it.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">What it means, the same each time.</param>
/// <param name="Hint">What to do where nothing better is known; may be empty.</param>
internal sealed record ApiError(string Code, int Status, string Title, string Hint)
{
    /// <summary>A hint for who calls from afar: what the engine advises its user at the command line is of no use to them.</summary>
    public string HintOr(string? hint) =>
        string.IsNullOrEmpty(hint) || hint.Contains("veil ", StringComparison.Ordinal) || hint.Contains("--", StringComparison.Ordinal) ? Hint : hint;
}
