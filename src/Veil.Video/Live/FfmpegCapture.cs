using Veil.Errors;
using Veil.Video.Nut;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>Frames that an ffmpeg process decodes.</summary>
internal sealed class FfmpegCapture : ILiveCapture
{
    private readonly LiveProcess _process;
    private readonly NutReader _reader;
    private readonly FramePool _pool;
    private int _index;

    private FfmpegCapture(LiveProcess process, NutReader reader, FramePool pool) => (_process, _reader, _pool) = (process, reader, pool);

    /// <summary>Starts a process and waits for its first bytes.</summary>
    /// <param name="arguments">ffmpeg's; it writes a NUT file.</param>
    /// <param name="layout">Of its frames.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>: nothing came.</exception>
    public static FfmpegCapture Open(IEnumerable<string> arguments, PlanarLayout layout, CancellationToken cancellationToken)
    {
        var process = LiveProcess.Start(arguments);
        using var stopping = cancellationToken.Register(process.Dispose);
        try
        {
            process.Input.Close();
            var reader = new NutReader(new BufferedStream(process.Output, 1 << 16));
            var header = reader.Header;
            return new FfmpegCapture(process, reader, new FramePool(new PlanarGeometry(layout, header.Width, header.Height, YuvMatrix.Of(null, null, header.Height))));
        }
        catch (Exception error) when (error is NutFormatException || LiveProcess.IsGone(error))
        {
            process.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new VeilException(
                VeilErrorCode.UnreadableInput, $"The source cannot be opened: {(process.Said.Length > 0 ? process.Said : error.Message)}",
                "Check the address or device, and that nothing else uses it.", error);
        }
    }

    /// <inheritdoc/>
    public PlanarFrame? Read()
    {
        var samples = _pool.Rent();
        try
        {
            if (_reader.ReadFrame(samples, out var pts))
            {
                return new PlanarFrame(_pool, samples, pts, _index++, _reader.Header.TimeBase.Time(pts));
            }
        }
        catch (Exception error) when (error is NutFormatException || LiveProcess.IsGone(error))
        {
            // A source that breaks off ends like one that is over: whoever reads opens it again.
        }

        _pool.Return(samples);
        return null;
    }

    /// <inheritdoc/>
    public void Abort() => _process.Dispose();

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
