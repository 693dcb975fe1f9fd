using Veil.Errors;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Pipeline;
using Veil.Video.Files;

namespace Veil.Studio.Projects;

/// <summary>Decodes single frames of items. Thread-safe.</summary>
internal static class FrameDecoder
{
    private static readonly PictureMedia Pictures = new(PictureLimits.Default, new EncodeOptions { Mode = EncodeMode.Full }, OverwritePolicy.Refuse);

    /// <summary>A frame of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="frame">From 0.</param>
    /// <param name="time">When it is shown, of a film; null where that is not known.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <exception cref="VeilException">It cannot be opened or has no such frame.</exception>
    public static DecodedFrame Read(ProjectItem item, int frame, TimeSpan? time, CancellationToken cancellationToken)
    {
        using var source = Open(item, frame, time, out var first, cancellationToken);
        for (var index = first; source.Read(cancellationToken) is { } read; index++)
        {
            using (read)
            {
                if (index == frame)
                {
                    return new DecodedFrame(Managed(read.Pixels), read.IsDamaged);
                }
            }
        }

        throw new VeilException(VeilErrorCode.CorruptInput, $"'{item.Name}' has no frame {frame + 1}.", "Check that the file is whole.");
    }

    /// <summary>Some frames of a film in a row, in memory of their own.</summary>
    /// <param name="item">The film.</param>
    /// <param name="first">The first.</param>
    /// <param name="time">When it is shown; null where that is not known.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    public static IEnumerable<DecodedFrame> ReadRow(ProjectItem item, int first, TimeSpan? time, int count, CancellationToken cancellationToken)
    {
        using var source = Open(item, first, time, out var begin, cancellationToken);
        for (var index = begin; index < first + count && source.Read(cancellationToken) is { } read; index++)
        {
            using (read)
            {
                if (index >= first)
                {
                    yield return new DecodedFrame(Managed(read.Pixels), read.IsDamaged);
                }
            }
        }
    }

    /// <summary>Opens an item from its start.</summary>
    public static IFrameSource Open(ProjectItem item, CancellationToken cancellationToken) => Open(item, 0, null, out _, cancellationToken);

    /// <summary>A copy in managed memory.</summary>
    public static PixelBuffer Managed(PixelBuffer pixels)
    {
        var copy = Empty(pixels.Width, pixels.Height);
        PixelConversion.ToRgb24(pixels, pixels.Bounds, copy);
        return copy;
    }

    /// <summary>Black pixels in managed memory.</summary>
    public static PixelBuffer Empty(int width, int height) =>
        PixelBuffer.Wrap(new byte[checked(3 * width * height)], width, height, 3 * width, PixelFormat.Rgb24);

    private static IFrameSource Open(ProjectItem item, int frame, TimeSpan? time, out int first, CancellationToken cancellationToken)
    {
        var media = new MediaItem(item.Path, item.Name, MediaItemOrigin.Named);
        first = 0;
        if (item.Kind == ItemKind.Picture)
        {
            return Pictures.Open(media, cancellationToken);
        }

        var options = new VideoOptions();
        if (frame > 0 && (time ?? Guess(item, frame)) is { } at)
        {
            // Half a frame early, so that rounding does not skip it.
            var half = TimeSpan.FromSeconds(0.5 / (item.FramesPerSecond > 0 ? item.FramesPerSecond : 30));
            (options, first) = (new VideoOptions { Start = at > half ? at - half : TimeSpan.Zero }, frame);
        }

        return new VideoMedia(options, OverwritePolicy.Refuse, static _ => null).Open(media, cancellationToken);
    }

    private static TimeSpan? Guess(ProjectItem item, int frame) => item.FramesPerSecond > 0 ? TimeSpan.FromSeconds(frame / item.FramesPerSecond) : null;
}
