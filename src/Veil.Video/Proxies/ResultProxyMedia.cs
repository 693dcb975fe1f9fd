using Veil.Pipeline;

namespace Veil.Video.Proxies;

/// <summary>One excerpt of a film for the pipeline, and a sink for its result.</summary>
/// <param name="excerpt">Handed to the pipeline, which ends it.</param>
/// <param name="createSink">Makes the sink.</param>
internal sealed class ResultProxyMedia(FilmExcerpt excerpt, Func<IFrameSink> createSink) : IMediaFormat
{
    /// <inheritdoc/>
    public IFrameSource Open(MediaItem item, CancellationToken cancellationToken) => excerpt;

    /// <inheritdoc/>
    public bool Opened(IFrameSource source) => ReferenceEquals(source, excerpt);

    /// <inheritdoc/>
    public IFrameSink Create(IFrameSource source, string target) => createSink();
}
