namespace Veil.Pipeline;

/// <summary>Opens inputs of one family (pictures, videos) and makes matching outputs. Thread-safe.</summary>
public interface IMediaFormat
{
    /// <summary>Opens and probes an input.</summary>
    /// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.NotAPicture"/> when it is of another family.</exception>
    IFrameSource Open(MediaItem item, CancellationToken cancellationToken);

    /// <summary>True for a source that this format opened.</summary>
    /// <param name="source">Any source.</param>
    bool Opened(IFrameSource source);

    /// <summary>Makes an output of the same kind as a source this format opened.</summary>
    /// <param name="source">From <see cref="Open"/>.</param>
    /// <param name="target">Path, or <see cref="MediaItem.StandardInput"/> for standard output.</param>
    IFrameSink Create(IFrameSource source, string target);
}
