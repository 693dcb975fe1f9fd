using Veil.Errors;
using Veil.Video.Ffmpeg;
using Veil.Video.Files;

namespace Veil.Video.Proxies;

/// <summary>Makes the pieces in which an original film plays.</summary>
internal static class OriginalProxy
{
    /// <summary>Makes all pieces.</summary>
    /// <param name="path">The film.</param>
    /// <param name="size">Of the proxy.</param>
    /// <param name="segments">Its pieces.</param>
    /// <param name="done">Told of each piece, with its number and file, on this thread.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    /// <exception cref="VeilException">It cannot be decoded, or has another number of frames than it had when its regions were found.</exception>
    public static void Make(string path, ProxySize size, ProxySegments segments, Action<int, byte[]> done, CancellationToken cancellationToken)
    {
        var video = VideoProbe.Read(path, cancellationToken).Video ?? throw new VeilException(VeilErrorCode.UnsupportedFormat, "Expected a stream of moving pictures, but there is none.");

        // Decoded as when regions were found, or frames would be other ones.
        using var process = FfmpegProcess.Start(
            FfmpegPrograms.Ffmpeg,
            [
                "-v", "error", "-nostdin", "-copyts", "-err_detect", "+crccheck+bitstream+buffer", .. VideoProbe.InputArguments(path), "-map", $"0:{video.Index}",
                "-vf", $"{size.Filter},{ProxyCoder.SteadyTimes}", .. ProxyCoder.OutputArguments(),
            ]);
        process.Input.Close();
        using var stop = cancellationToken.Register(process.Dispose);
        SegmentCollector collector;
        int code;
        try
        {
            // Whoever gives up ends the process at any point of this.
            collector = new SegmentCollector(new CodedFrames(process.Output), segments, 0, (segment, file) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                done(segment, file);
            });
            collector.ReadAll();
            code = process.WaitForExit(cancellationToken);
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested && error is not OperationCanceledException)
        {
            throw new OperationCanceledException("The proxy is no longer wanted.", error, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (code != 0 || collector.Count != segments.Times.Count)
        {
            throw new VeilException(
                VeilErrorCode.CorruptInput, $"Expected {segments.Times.Count} frames, but {collector.Count} could be decoded. {process.Said}".TrimEnd(), "If the film was changed, add it to a new project.");
        }
    }
}
