using System.Globalization;
using Veil.Errors;
using Veil.Video.Ffmpeg;
using Veil.Video.Nut;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>Frames of a live source, as fast as they come. Not thread-safe.</summary>
internal sealed class LiveCapture : IDisposable
{
    private readonly FfmpegProcess _process;
    private readonly NutReader _reader;
    private readonly FramePool _pool;
    private int _index;

    /// <summary>Opens the source and waits for its first bytes.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>: it cannot be opened.</exception>
    public LiveCapture(LiveEndpoint source, LiveOptions options)
    {
        var fit = options.LongestSide > 0
            ? string.Create(CultureInfo.InvariantCulture, $",scale='if(gte(iw,ih),min(iw,{options.LongestSide}),-2)':'if(gte(iw,ih),-2,min(ih,{options.LongestSide}))':force_divisible_by=2")
            : "";
        _process = FfmpegProcess.Start(FfmpegPrograms.Ffmpeg,
        [
            "-v", "error", "-nostdin", .. source.InputArguments(), "-map", "0:v:0",
            "-vf", string.Create(CultureInfo.InvariantCulture, $"fps={options.FramesPerSecond}:round=near{fit}"),
            "-c:v", "rawvideo", "-pix_fmt", "yuv420p", "-f", "nut", "-flush_packets", "1", "pipe:1",
        ]);
        try
        {
            _process.Input.Close();
            _reader = new NutReader(new BufferedStream(_process.Output, 1 << 16));
            var header = _reader.Header;
            _pool = new FramePool(new PlanarGeometry(PlanarLayout.For("yuv420p")!, header.Width, header.Height, YuvMatrix.Of(null, null, header.Height)));
        }
        catch (Exception error) when (error is NutFormatException or IOException)
        {
            var said = _process.Said;
            _process.Dispose();
            throw new VeilException(VeilErrorCode.UnreadableInput, $"The source cannot be opened: {(said.Length > 0 ? said : error.Message)}", "Check the address or device, and that nothing else uses it.", error);
        }
    }

    /// <summary>Size and layout of the frames.</summary>
    public PlanarGeometry Geometry => _pool.Geometry;

    /// <summary>The next frame; null when the source ended or broke.</summary>
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
        catch (Exception error) when (error is NutFormatException or IOException)
        {
            // A source that breaks off ends like one that is over: whoever reads opens it again.
        }

        _pool.Return(samples);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
