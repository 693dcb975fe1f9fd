using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>Several families of inputs as one: the first that knows a file opens it. Thread-safe.</summary>
/// <param name="formats">Tried in this order; at least one.</param>
public sealed class CombinedMedia(IReadOnlyList<IMediaFormat> formats) : IMediaFormat
{
    /// <inheritdoc/>
    public IFrameSource Open(MediaItem item, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return formats[i].Open(item, cancellationToken);
            }
            catch (VeilException error) when (error.Code == VeilErrorCode.NotAPicture && i < formats.Count - 1)
            {
                // The next one may know it.
            }
        }
    }

    /// <inheritdoc/>
    public bool Opened(IFrameSource source) => formats.Any(format => format.Opened(source));

    /// <inheritdoc/>
    public IFrameSink Create(IFrameSource source, string target) => formats.First(format => format.Opened(source)).Create(source, target);
}
