using Veil.Imaging;

namespace Veil.Pipeline;

/// <summary>Decoded frames of one input, in order. Not thread-safe.</summary>
public interface IFrameSource : IDisposable
{
    /// <summary>What the input is.</summary>
    MediaInfo Info { get; }

    /// <summary>The next frame, owned by the caller, or null after the last.</summary>
    /// <exception cref="Errors.VeilException">The input is broken: nothing of it may be written.</exception>
    Frame? Read(CancellationToken cancellationToken);
}
