using Veil.Errors;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>Takes frames in, and opens the source again when it ended, broke or fell silent. Not thread-safe.</summary>
/// <param name="source">Where they come from.</param>
/// <param name="queue">Where they go.</param>
/// <param name="options">How long to wait.</param>
/// <param name="sizes">Whether frames may change their size.</param>
/// <param name="changes">Say when frames are due.</param>
/// <param name="clock">Of the session.</param>
/// <param name="meter">Is told of frames and failures.</param>
internal sealed class LiveIntake(ILiveSource source, LiveQueue queue, LiveOptions options, LiveSizes sizes, LiveChanges changes, LiveClock clock, LiveMeter meter)
{
    private PlanarGeometry? _geometry;
    private int _connections;

    /// <summary>Runs until the source ends for good, or until cancelled.</summary>
    /// <exception cref="VeilException">The source cannot be opened the first time: a wrong address is not a source that broke.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        try
        {
            var capture = source.Open(null, cancellationToken);
            for (; ; )
            {
                using (capture)
                {
                    ReadAll(capture, cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (source.IsFinite)
                {
                    return;
                }

                capture = Reopen(cancellationToken);
                _connections++;
                meter.Reconnect();
            }
        }
        finally
        {
            queue.End();
        }
    }

    private void ReadAll(ILiveCapture capture, CancellationToken cancellationToken)
    {
        using var stopping = cancellationToken.Register(capture.Abort);
        using var silence = clock.Provider.CreateTimer(_ => capture.Abort(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (capture.Read() is { } frame)
        {
            if (!source.IsFinite)
            {
                silence.Change(options.SilentFor, Timeout.InfiniteTimeSpan);
            }

            Arrive(frame);
        }
    }

    private ILiveCapture Reopen(CancellationToken cancellationToken)
    {
        for (var wait = options.ReconnectAfter; ; wait = TimeSpan.FromSeconds(Math.Min(30, 2 * wait.TotalSeconds)))
        {
            clock.WaitUntil(clock.Now + wait, cancellationToken);
            try
            {
                return source.Open(_geometry, cancellationToken);
            }
            catch (VeilException error) when (error.Code == VeilErrorCode.UnreadableInput)
            {
                meter.Fail("source", error);
            }
        }
    }

    private void Arrive(PlanarFrame frame)
    {
        meter.Arrive();
        _geometry = sizes == LiveSizes.Any ? frame.Geometry : _geometry ?? frame.Geometry;
        if ((frame.Width, frame.Height) != (_geometry.Width, _geometry.Height) || !queue.TryAdd(new LiveFrame(frame, clock.Now, _connections, changes.Timing)))
        {
            meter.Drop();
            frame.Dispose();
        }
    }
}
