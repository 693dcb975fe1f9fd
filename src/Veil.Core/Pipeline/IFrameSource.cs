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

    /// <summary>
    /// The next still that belongs to moving pictures, e.g. a cover, owned by the caller; null after the last. Asked for before
    /// the sink is made, or not at all.
    /// </summary>
    Frame? ReadStill(CancellationToken cancellationToken) => null;

    /// <summary>Takes over a still that is anonymized. The output gets those that were given here, and no others.</summary>
    /// <param name="still">From <see cref="ReadStill"/>.</param>
    void KeepStill(Frame still)
    {
        ArgumentNullException.ThrowIfNull(still);
        still.Dispose();
    }
}
