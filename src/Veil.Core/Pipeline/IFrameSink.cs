using Veil.Imaging;

namespace Veil.Pipeline;

/// <summary>
/// Takes anonymized frames and writes one output. Everything goes to a temporary file beside the target;
/// <see cref="Complete"/> renames it, and disposing without completing deletes it: an aborted output leaves nothing.
/// </summary>
public interface IFrameSink : IDisposable
{
    /// <summary>Takes over the next frame.</summary>
    void Write(Frame frame);

    /// <summary>Encodes what is left, and puts the output in its place.</summary>
    /// <exception cref="Errors.VeilException">It could not be encoded or written; nothing is left at the target.</exception>
    void Complete(CancellationToken cancellationToken);
}
