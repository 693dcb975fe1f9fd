using System.Runtime.ExceptionServices;
using Veil.Errors;

namespace Veil.Pipeline;

/// <summary>Several families of inputs as one: the first that knows a file opens it. Thread-safe.</summary>
/// <param name="formats">Tried in this order; at least one.</param>
public sealed class CombinedMedia(IReadOnlyList<IMediaFormat> formats) : IMediaFormat
{
    /// <inheritdoc/>
    public IFrameSource Open(MediaItem item, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? refused = null;
        foreach (var format in formats)
        {
            try
            {
                return format.Open(item, cancellationToken);
            }
            catch (VeilException error) when (error.Code == VeilErrorCode.NotAPicture)
            {
                // The next one may know it; if none does, the first has the most to say.
                refused ??= ExceptionDispatchInfo.Capture(error);
            }
        }

        refused?.Throw();
        throw new InvalidOperationException("Expected at least one format.");
    }

    /// <inheritdoc/>
    public bool Opened(IFrameSource source) => formats.Any(format => format.Opened(source));

    /// <inheritdoc/>
    public IFrameSink Create(IFrameSource source, string target) => formats.First(format => format.Opened(source)).Create(source, target);
}
