using System.Globalization;
using Veil.Errors;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>An ffmpeg process that encodes frames; each is shown when it is written.</summary>
internal sealed class EncoderOutput : ILiveOutput
{
    // On a busy machine an encoder needs seconds for its last frames; a recording cut short would be worse than the wait.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Where it cannot be started apart, Ctrl-C reaches ffmpeg as well, which then ends in good order.</summary>
    private const int EndedBySignal = 255;

    private readonly LiveProcess _process;
    private volatile bool _aborted;

    /// <summary>Starts encoding.</summary>
    /// <param name="geometry">Size and layout of the frames.</param>
    /// <param name="framesPerSecond">How many come at most.</param>
    /// <param name="target">What to encode to, and where to.</param>
    public EncoderOutput(PlanarGeometry geometry, int framesPerSecond, IEnumerable<string> target) => _process = LiveProcess.StartApart(
    [
        "-v", "error", "-probesize", "32", "-analyzeduration", "0", "-f", "rawvideo", "-pix_fmt", geometry.Layout.Name,
        "-video_size", string.Create(CultureInfo.InvariantCulture, $"{geometry.Width}x{geometry.Height}"),
        "-framerate", framesPerSecond.ToString(CultureInfo.InvariantCulture),
        "-use_wallclock_as_timestamps", "1", "-i", "pipe:0", "-fps_mode", "vfr", "-enc_time_base", "1:1000", "-map_metadata", "-1",
        .. target,
    ]);

    /// <summary>What the process writes, when its target is a pipe.</summary>
    public Stream Encoded => _process.Output;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> samples, long pts)
    {
        try
        {
            _process.Input.Write(samples);
            _process.Input.Flush();
        }
        catch (Exception error) when (LiveProcess.IsGone(error))
        {
            throw Broken(error);
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        // Aborted amid a frame because the session ends: what was written before stays as it is.
        if (_process.Finish(Patience) is not (0 or EndedBySignal) && !_aborted)
        {
            throw Broken(null);
        }
    }

    /// <inheritdoc/>
    public void Abort()
    {
        _aborted = true;
        _process.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private VeilException Broken(Exception? inner) => new(
        VeilErrorCode.UnwritableOutput, $"The sink does not take frames: {(_process.Said.Length > 0 ? _process.Said : inner?.Message ?? "it did not end in time")}",
        "Check the address, device or disk.", inner);
}
