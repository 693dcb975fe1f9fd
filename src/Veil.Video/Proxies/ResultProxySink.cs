using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Video.Ffmpeg;
using Veil.Video.Planar;

namespace Veil.Video.Proxies;

/// <summary>Codes anonymized frames to pieces in which a result plays. Not thread-safe.</summary>
internal sealed class ResultProxySink : IFrameSink
{
    private readonly FfmpegProcess _encoder;
    private readonly SegmentCollector _collector;
    private readonly Task _reading;

    /// <summary>Starts coding.</summary>
    /// <param name="size">Of the frames.</param>
    /// <param name="segments">The film's pieces.</param>
    /// <param name="first">The piece that the first frame begins.</param>
    /// <param name="done">Told of each piece, with its number and file, on another thread.</param>
    public ResultProxySink(ProxySize size, ProxySegments segments, int first, Action<int, byte[]> done)
    {
        _encoder = FfmpegProcess.Start(FfmpegPrograms.Ffmpeg, ["-v", "error", .. ProxyCoder.PipeArguments(size), "-vf", ProxyCoder.SteadyTimes, .. ProxyCoder.OutputArguments()]);
        _collector = new SegmentCollector(new CodedFrames(_encoder.Output), segments, first, done);
        _reading = Task.Factory.StartNew(_collector.ReadAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public void Write(Frame frame)
    {
        using var planar = (PlanarFrame)frame;
        try
        {
            _encoder.Input.Write(planar.Fold());
        }
        catch (IOException error)
        {
            throw Failed(error);
        }
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellationToken)
    {
        _encoder.Input.Close();
        _reading.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        if (_encoder.WaitForExit(cancellationToken) != 0)
        {
            throw Failed(null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        try
        {
            _reading.GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or VeilException or OperationCanceledException)
        {
            // Complete has said it already, or whoever gave up does not want to know.
        }
    }

    private VeilException Failed(Exception? inner) => new(
        VeilErrorCode.EncodeFailed, $"The preview cannot be coded: {(_encoder.Said is { Length: > 0 } said ? said : inner?.Message ?? "ffmpeg gave no reason")}", "See whether memory is full.", inner);
}
