using System.Globalization;
using Veil.Errors;
using Veil.Video.Ffmpeg;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>Where anonymized frames go: an encoder with its stream, device, file or page. Not thread-safe.</summary>
internal sealed class LiveOutput : IDisposable
{
    private readonly FfmpegProcess _process;
    private readonly Task? _serving;

    /// <summary>Starts encoding.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="geometry">Size and layout of the frames.</param>
    /// <param name="framesPerSecond">How many come at most.</param>
    /// <param name="page">Shows the encoder's output; null for other sinks.</param>
    public LiveOutput(LiveEndpoint sink, PlanarGeometry geometry, int framesPerSecond, LivePage? page)
    {
        Geometry = geometry;
        _process = FfmpegProcess.Start(FfmpegPrograms.Ffmpeg,
        [
            "-v", "error", "-f", "rawvideo", "-pix_fmt", geometry.Layout.Name,
            "-video_size", string.Create(CultureInfo.InvariantCulture, $"{geometry.Width}x{geometry.Height}"),
            "-use_wallclock_as_timestamps", "1", "-i", "pipe:0", "-fps_mode", "passthrough", "-map_metadata", "-1",
            .. sink.OutputArguments(framesPerSecond),
        ]);
        _serving = page is null ? null : Task.Run(() => page.PumpAsync(_process.Output));
    }

    /// <summary>Size and layout of the frames.</summary>
    public PlanarGeometry Geometry { get; }

    /// <summary>Writes a frame.</summary>
    /// <param name="samples">Its planes.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: the sink is gone.</exception>
    public void Write(ReadOnlySpan<byte> samples)
    {
        try
        {
            _process.Input.Write(samples);
            _process.Input.Flush();
        }
        catch (IOException error)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The sink does not take frames: {(_process.Said.Length > 0 ? _process.Said : error.Message)}", "", error);
        }
    }

    /// <summary>Lets the encoder finish what it has, for a while.</summary>
    public void Finish()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            _process.Input.Close();
            _process.WaitForExit(patience.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // Disposing ends it the hard way.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Dispose();
        _serving?.GetAwaiter().GetResult();
    }
}
