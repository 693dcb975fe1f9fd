using System.Diagnostics.CodeAnalysis;
using Veil.Errors;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>
/// Covers frames and puts them out at their time. What is not known, or cannot be covered for whatever reason, goes out as
/// one grey that was made without looking at it. Not thread-safe.
/// </summary>
/// <param name="sink">Where frames go.</param>
/// <param name="options">How long to wait before a sink is opened again.</param>
/// <param name="clock">Of the session.</param>
/// <param name="meter">Is told of frames and failures.</param>
internal sealed class LivePresenter(ILiveSink sink, LiveOptions options, LiveClock clock, LiveMeter meter)
{
    private const byte Grey = 128;
    private static readonly TimeSpan AlikeWithin = TimeSpan.FromMilliseconds(100);

    /// <summary>A frame that is being written when the session ends may be written whole: half of one breaks the recording.</summary>
    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(2);

    private ILiveOutput? _output;
    private PlanarGeometry? _size;
    private TimeSpan? _retryAt;
    private bool _hasFrames;
    private byte[] _whole = [];

    /// <summary>Puts frames out until none follows, or until cancelled.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: the sink broke, and is not one that returns.</exception>
    public void Run(LiveQueue queue, CancellationToken cancellationToken)
    {
        try
        {
            while (queue.WaitToShow(cancellationToken) is { } live)
            {
                // An encoder takes a moment to start: that of the first frame's waiting.
                _ = IsOpen(live.Frame.Geometry);
                clock.WaitUntil(live.Arrival + live.Timing.DecideAt, cancellationToken);
                queue.TakeShown();
                try
                {
                    Present(live, cancellationToken);
                }
                finally
                {
                    live.Release();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is out ends in good order; what waits is not shown.
        }
        finally
        {
            Close();
        }
    }

    private void Present(LiveFrame live, CancellationToken cancellationToken)
    {
        var found = live.Decide();
        if (IsLate(live))
        {
            meter.Drop();
            return;
        }

        var samples = Cover(live.Frame, found, out var count);
        clock.WaitUntil(live.Arrival + live.Timing.Latency, cancellationToken);
        if (IsLate(live) || !TryWrite(live.Frame, samples, cancellationToken))
        {
            meter.Drop();
            return;
        }

        meter.Show(clock.Now - live.Arrival, count);
    }

    private bool IsLate(LiveFrame live) => clock.Now - live.Arrival > live.Timing.DropAt;

    /// <summary>The planes to put out.</summary>
    private ReadOnlySpan<byte> Cover(PlanarFrame frame, LiveFound? found, out int? count)
    {
        if (found is not null)
        {
            try
            {
                // Read once: it may be replaced meanwhile, for the next frame.
                var covered = found.By.Cover.Apply(frame, found.Regions);
                var samples = frame.Fold();
                count = covered;
                return samples;
            }
            catch (Exception error)
            {
                // Of any kind: the frame may be half covered, and is not looked at again.
                meter.Fail("method", error);
            }
        }

        if (_whole.Length != frame.Geometry.FrameBytes)
        {
            _whole = new byte[frame.Geometry.FrameBytes];
            Array.Fill(_whole, Grey);
        }

        count = null;
        return _whole;
    }

    /// <summary>Opens the sink when it is not open; false while it is not time to open one that broke.</summary>
    [MemberNotNullWhen(true, nameof(_output))]
    private bool IsOpen(PlanarGeometry geometry)
    {
        if (sink.Sizes == LiveSizes.Any && _size != geometry)
        {
            Close();
            _size = geometry;
        }

        if (_output is not null)
        {
            return true;
        }

        if (_retryAt is { } retry)
        {
            if (clock.Now < retry)
            {
                return false;
            }

            meter.Reconnect();
        }

        (_output, _hasFrames) = (sink.Open(geometry), false);
        return true;
    }

    private bool TryWrite(PlanarFrame frame, ReadOnlySpan<byte> samples, CancellationToken cancellationToken)
    {
        if (!IsOpen(frame.Geometry))
        {
            return false;
        }

        var output = _output;
        try
        {
            using (var abort = clock.Provider.CreateTimer(_ => output.Abort(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan))
            using (cancellationToken.Register(() => abort.Change(LastWrite, Timeout.InfiniteTimeSpan)))
            {
                output.Write(samples, frame.Pts);
            }

            _hasFrames = true;
            return true;
        }
        catch (VeilException) when (cancellationToken.WaitHandle.WaitOne(AlikeWithin))
        {
            // What ends the session may have ended the sink first: Ctrl-C reaches both.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (VeilException error) when (error.Code == VeilErrorCode.UnwritableOutput && sink.Returns)
        {
            // Whoever received the picture is gone, and may come back.
            meter.Fail("sink", error);
            output.Dispose();
            _output = null;
            _retryAt = clock.Now + options.ReconnectAfter;
            return false;
        }
    }

    private void Close()
    {
        try
        {
            if (_hasFrames)
            {
                _output?.Finish();
            }
        }
        catch (VeilException error) when (sink.Returns)
        {
            meter.Fail("sink", error);
        }
        finally
        {
            _output?.Dispose();
            _output = null;
        }
    }
}
