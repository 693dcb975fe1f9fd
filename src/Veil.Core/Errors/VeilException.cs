namespace Veil.Errors;

/// <summary>
/// A failure that a user can understand: what was expected, what came, and what to do about it.
/// The pipeline records it for the input it belongs to and goes on with the next.
/// </summary>
public sealed class VeilException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">Stable code.</param>
    /// <param name="message">What was expected and what came; no file name, the pipeline adds it.</param>
    /// <param name="hint">What the user can do; empty when there is nothing to add.</param>
    /// <param name="innerException">Cause.</param>
    public VeilException(VeilErrorCode code, string message, string hint = "", Exception? innerException = null)
        : base(message, innerException)
    {
        (Code, Hint) = (code, hint);
    }

    /// <summary>Stable code.</summary>
    public VeilErrorCode Code { get; }

    /// <summary>What the user can do; may be empty.</summary>
    public string Hint { get; }
}
