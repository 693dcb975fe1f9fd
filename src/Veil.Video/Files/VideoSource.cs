using System.Threading.Channels;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Video.Ffmpeg;
using Veil.Video.Nut;
using Veil.Video.Planar;

namespace Veil.Video.Files;

/// <summary>
/// Frames of a video file, in order, with their exact timestamps. ffmpeg decodes in a process of its own; a few frames are
/// read ahead on a thread of their own, and no more, however long the file is. Not thread-safe.
/// </summary>
internal sealed class VideoSource : IFrameSource
{
    private const int ReadAhead = 4;

    private readonly FfmpegProcess _decoder;
    private readonly FramePool _pool;
    private readonly NutReader _reader;
    private readonly Channel<PlanarFrame> _frames = Channel.CreateBounded<PlanarFrame>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    /// <summary>Starts decoding.</summary>
    /// <param name="probe">The file.</param>
    /// <param name="modified">Modification time that the output is to bear; null for the present.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.CorruptInput"/>, <see cref="VeilErrorCode.UnsupportedFormat"/>, <see cref="VeilErrorCode.MissingNative"/>.</exception>
    public VideoSource(VideoProbe probe, DateTime? modified)
    {
        Probe = probe;
        Modified = modified;
        Video = probe.Video ?? throw new VeilException(VeilErrorCode.UnsupportedFormat, "Expected a stream of moving pictures, but there is none.", "Sound alone shows nobody; copy the file.");
        var (width, height) = Video.Rotation is 90 or 270 ? (Video.Height, Video.Width) : (Video.Width, Video.Height);
        if (width < 1 || height < 1)
        {
            throw new VeilException(VeilErrorCode.CorruptInput, $"Expected frames of at least 1×1 pixels, but the file says {width}×{height}.");
        }

        var notes = new List<string>();
        var layout = PlanarLayout.For(Video.PixelFormat);
        if (layout is null)
        {
            layout = PlanarLayout.For("yuv444p16le")!;
            notes.Add($"pixel format {Video.PixelFormat} is converted to {layout.Name}");
        }

        // The full-range names of old are kept, for ffmpeg would convert the range otherwise.
        PixelFormat = Video.PixelFormat.StartsWith("yuvj", StringComparison.Ordinal) ? Video.PixelFormat : layout.Name;
        var range = PixelFormat == layout.Name && layout.Model != ColourModel.Grey ? Video.Colour.Range : "pc";
        _pool = new FramePool(new PlanarGeometry(layout, width, height, YuvMatrix.Of(Video.Colour.Space, range, height)));
        Info = new MediaInfo("video", Path.GetExtension(probe.Path), width, height, (int)Math.Min(int.MaxValue, EstimatedFrames(probe))) { IsMoving = true, Notes = notes };
        _decoder = FfmpegProcess.Start(FfmpegPrograms.Ffmpeg,
        [
            "-v", "error", "-nostdin", "-copyts", .. VideoProbe.InputArguments(probe.Path), "-map", $"0:{Video.Index}",
            "-c:v", "rawvideo", "-pix_fmt", PixelFormat, "-fps_mode", "passthrough", "-enc_time_base", "-1", "-f", "nut", "pipe:1",
        ]);
        try
        {
            _decoder.Input.Close();
            var output = new BufferedStream(_decoder.Output, 1 << 16);
            _reader = Broken(() => new NutReader(output));
        }
        catch
        {
            _decoder.Dispose();
            throw;
        }

        _reading = Task.Factory.StartNew(ReadAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public MediaInfo Info { get; }

    /// <summary>What the file holds.</summary>
    public VideoProbe Probe { get; }

    /// <summary>The stream of <see cref="Probe"/> that is decoded.</summary>
    public ProbedStream Video { get; }

    /// <summary>ffmpeg's name of the frames' pixel format.</summary>
    public string PixelFormat { get; }

    /// <summary>The frames' container header, for whoever writes them on.</summary>
    public NutStreamHeader Header => _reader.Header;

    /// <summary>Modification time that the output is to bear; null for the present.</summary>
    public DateTime? Modified { get; }

    /// <inheritdoc/>
    public Frame? Read(CancellationToken cancellationToken)
    {
        // A channel that was closed with an error throws it here.
        return _frames.Reader.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult() && _frames.Reader.TryRead(out var frame) ? frame : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _decoder.Dispose();
        _reading.GetAwaiter().GetResult();
        while (_frames.Reader.TryRead(out var frame))
        {
            frame.Dispose();
        }

        _stop.Dispose();
    }

    private static long EstimatedFrames(VideoProbe probe) =>
        probe.Video is { Frames: > 0 } counted ? counted.Frames : (long)(probe.Duration.TotalSeconds * (probe.Video?.FrameRate ?? 0));

    private void ReadAll()
    {
        try
        {
            var (index, start) = (0, 0L);
            for (; ; index++)
            {
                var samples = _pool.Rent();
                if (!Broken(() => _reader.ReadFrame(samples, out var pts) ? (long?)pts : null, out var time))
                {
                    _pool.Return(samples);
                    break;
                }

                start = index == 0 ? time : start;
                _frames.Writer.WriteAsync(new PlanarFrame(_pool, samples, time, index, Header.TimeBase.Time(time - start)), _stop.Token).AsTask().GetAwaiter().GetResult();
            }

            var code = _decoder.WaitForExit(_stop.Token);
            _frames.Writer.Complete(code == 0 && index > 0 ? null : Corrupt(null));
        }
        catch (Exception error) when (error is VeilException or OperationCanceledException or IOException)
        {
            _frames.Writer.Complete(error is IOException ? Corrupt(error) : error);
        }
    }

    private bool Broken(Func<long?> read, out long value)
    {
        var result = Broken(read);
        value = result ?? 0;
        return result is not null;
    }

    private T Broken<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NutFormatException error)
        {
            throw Corrupt(error);
        }
    }

    private VeilException Corrupt(Exception? inner)
    {
        var said = _decoder.Said;
        return new VeilException(
            VeilErrorCode.CorruptInput, $"The video cannot be decoded: {(said.Length > 0 ? said : inner?.Message ?? "there is no frame")}", "Check that it plays; copy it again if not.", inner);
    }
}
