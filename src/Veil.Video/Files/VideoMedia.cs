using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Video.Files;

/// <summary>Video files for the pipeline. Thread-safe.</summary>
/// <param name="options">How results are encoded.</param>
/// <param name="overwrite">What to do where an output is already.</param>
/// <param name="modified">Modification time of an output, by the input's path; null for the present.</param>
public sealed class VideoMedia(VideoOptions options, OverwritePolicy overwrite, Func<string, DateTime?> modified) : IMediaFormat
{
    /// <summary>True when a file begins as a container of moving pictures does.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>.</exception>
    public static bool IsVideo(string path) => VideoSignature.IsVideo(path);

    /// <inheritdoc/>
    public IFrameSource Open(MediaItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Path == MediaItem.StandardInput || !VideoSignature.IsVideo(item.Path))
        {
            throw new VeilException(VeilErrorCode.NotAPicture, "The file is no video that Veil knows.");
        }

        var probe = VideoProbe.Read(item.Path, cancellationToken);
        var hdr = StaticHdr.Read(probe, cancellationToken);
        return new VideoSource(probe, modified(item.Path), options) { Hdr = hdr };
    }

    /// <inheritdoc/>
    public IFrameSink Create(IFrameSource source, string target) => source is VideoSource video
        ? target == MediaItem.StandardInput
            ? throw new VeilException(VeilErrorCode.InvalidOption, "Videos cannot be written to standard output.", "Name an output file.")
            : new VideoSink(video, new OutputFile(target, overwrite, video.Modified), target, options)
        : throw new ArgumentException($"Expected a source that videos were opened with, but received {source?.GetType().Name}.", nameof(source));

    /// <inheritdoc/>
    public bool Opened(IFrameSource source) => source is VideoSource;
}
