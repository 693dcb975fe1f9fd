namespace Veil.Client;

/// <summary>The server refused a request, or could not do what it asked for. Nothing that was not anonymized was given out.</summary>
public sealed class VeilApiException : Exception
{
    internal VeilApiException(int status, string code, string message, string hint, string requestId)
        : base(message) => (Status, Code, Hint, RequestId) = (status, code, hint, requestId);

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>Stable code, e.g. <c>NotAPicture</c>; <c>docs/api.md</c> lists them. Empty when the answer was no problem document.</summary>
    public string Code { get; }

    /// <summary>What to do; may be empty.</summary>
    public string Hint { get; }

    /// <summary>Names the request in the server's log.</summary>
    public string RequestId { get; }

    /// <summary>When to try again, as the server says; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; internal init; }
}
