using System.Threading.Channels;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Video.Ffmpeg;
using Veil.Video.Nut;
using Veil.Video.Planar;
using Veil.Video.Proxies;

namespace Veil.Video.Files;

/// <summary>
/// Frames of a video file, in order, with their exact timestamps. ffmpeg decodes in a process of its own; a few frames are
/// read ahead on a thread of their own, and no more, however long the file is. Not thread-safe.
/// </summary>
internal sealed class VideoSource : IFrameSource
{
    private const int ReadAhead = 4;

    private static readonly string[] Captions = ["closed captions inside the pictures are left out"];

    private readonly DecoderLog _log = new();
    private readonly MediaInfo _info;
    private readonly long _expectedFrames;
    private readonly FfmpegProcess _decoder;
    private readonly FramePool _pool;
    private readonly NutReader _reader;
    private readonly Channel<PlanarFrame> _frames = Channel.CreateBounded<PlanarFrame>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private readonly Queue<ProbedStream> _covers;
    private readonly List<CoverPicture> _kept = [];
    private readonly List<string> _lacks = [];
    private readonly ProxyReading? _proxy;
    private int _damaged;
    private int _decoded;

    /// <summary>Starts decoding.</summary>
    /// <param name="probe">The file.</param>
    /// <param name="modified">Modification time that the output is to bear; null for the present.</param>
    /// <param name="options">Which part of it, and at what rate.</param>
    /// <param name="proxy">How an excerpt is read for a proxy; null for films as they are.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.CorruptInput"/>, <see cref="VeilErrorCode.UnsupportedFormat"/>, <see cref="VeilErrorCode.MissingNative"/>.</exception>
    public VideoSource(VideoProbe probe, DateTime? modified, VideoOptions options, ProxyReading? proxy = null)
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(options);
        (Probe, _proxy) = (probe, proxy);
        Modified = modified;
        _covers = new(probe.Streams.Where(CoverPicture.Is));
        Video = probe.Video ?? throw new VeilException(
            VeilErrorCode.UnsupportedFormat, "Expected a stream of moving pictures, but there is none.",
            probe.Streams.Any(stream => stream.Kind == StreamKind.Cover)
                ? "It has sound and a cover picture, which may show somebody: take that out, e.g. with ffmpeg -i IN -map 0:a -c copy OUT."
                : "Sound alone shows nobody; copy the file.");
        if (Video.Width < 1 || Video.Height < 1)
        {
            throw new VeilException(VeilErrorCode.CorruptInput, $"Expected frames of at least 1×1 pixels, but the file says {Video.Width}×{Video.Height}.");
        }

        var notes = new List<string>();
        var layout = PlanarLayout.For(Video.PixelFormat);
        if (layout is null)
        {
            layout = PlanarLayout.For("yuv444p16le")!;
            notes.Add($"pixel format {Video.PixelFormat} is converted to {layout.Name}");
        }

        notes.AddRange(Dropped(probe));

        // The full-range names of old are kept, for ffmpeg would convert the range otherwise.
        PixelFormat = Video.PixelFormat.StartsWith("yuvj", StringComparison.Ordinal) ? Video.PixelFormat : layout.Name;
        var range = PixelFormat == layout.Name && layout.Model != ColourModel.Grey ? Video.Colour.Range : "pc";
        _decoder = FfmpegProcess.Start(FfmpegPrograms.Ffmpeg, Arguments(options), _log.Hear);
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

        // Upright, as the decoder turned it.
        var (width, height) = (_reader.Header.Width, _reader.Header.Height);
        _pool = new FramePool(new PlanarGeometry(layout, width, height, YuvMatrix.Of(Video.Colour.Space, range, height)));
        var all = options is { Start: null, End: null, FrameRate: null };
        _expectedFrames = all ? Video.Frames : 0;
        _info = new MediaInfo("video", Path.GetExtension(probe.Path), width, height, (int)Math.Min(int.MaxValue, EstimatedFrames(probe, options))) { IsMoving = true, FramesPerSecond = Rate(probe, options), Notes = notes };
        _reading = Task.Factory.StartNew(ReadAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    /// <remarks>What is damaged is known, and among the notes, when the last frame was read; what became of covers, when the sink is made.</remarks>
    public MediaInfo Info => _info with
    {
        Notes = [.. _info.Notes, .. AboutCovers(), .. _lacks, .. _log.HasCaptions ? Captions : [], .. Volatile.Read(ref _decoded) is > 0 and var decoded && _log.Complained ? Damage(decoded) : []],
    };

    /// <summary>What HDR10 says about the film; null for nothing.</summary>
    public StaticHdr? Hdr { get; init; }

    /// <summary>Covers that are anonymized.</summary>
    public IReadOnlyList<CoverPicture> Covers => _kept;

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
    public Frame? ReadStill(CancellationToken cancellationToken)
    {
        while (_covers.TryDequeue(out var stream))
        {
            if (CoverPicture.Read(Probe, stream, cancellationToken) is { } cover)
            {
                return cover;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void KeepStill(Frame still) =>
        _kept.Add(still as CoverPicture ?? throw new ArgumentException($"Expected a cover of this film, but received {still?.GetType().Name ?? "null"}.", nameof(still)));

    /// <summary>Says what the output will lack and a user may miss.</summary>
    public void Note(string lack) => _lacks.Add(lack);

    /// <summary>Says that the output's container holds no covers.</summary>
    public void LeaveCoversOut()
    {
        _kept.ForEach(cover => cover.Dispose());
        _kept.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        LeaveCoversOut();
        _stop.Cancel();
        _decoder.Dispose();
        _reading.GetAwaiter().GetResult();
        while (_frames.Reader.TryRead(out var frame))
        {
            frame.Dispose();
        }

        _stop.Dispose();
    }

    private static double Rate(VideoProbe probe, VideoOptions options) =>
        options.FrameRate is { } chosen ? (double)chosen.Numerator / chosen.Denominator : probe.Video?.FrameRate ?? 0;

    private static long EstimatedFrames(VideoProbe probe, VideoOptions options)
    {
        if (probe.Video is { Frames: > 0 } counted && options is { Start: null, End: null, FrameRate: null })
        {
            return counted.Frames;
        }

        var (start, end) = (options.Start ?? TimeSpan.Zero, options.End is { } asked && asked < probe.Duration ? asked : probe.Duration);
        var rate = Rate(probe, options);
        return Math.Max(0, (long)((end - start).TotalSeconds * rate));
    }

    /// <summary>What the output will lack and a user may miss.</summary>
    private static IEnumerable<string> Dropped(VideoProbe probe)
    {
        var further = probe.Streams.Count(stream => stream.Kind == StreamKind.Video) - 1;
        if (further > 0)
        {
            yield return further == 1 ? "a further stream of pictures is left out" : $"{further} further streams of pictures are left out";
        }
    }

    private IEnumerable<string> AboutCovers()
    {
        foreach (var cover in _kept)
        {
            yield return cover.Covered.Count == 1 ? "the cover picture is kept, 1 region of it covered" : $"the cover picture is kept, {cover.Covered.Count} regions of it covered";
        }

        var dropped = Probe.Streams.Count(stream => stream.Kind == StreamKind.Cover) - _kept.Count;
        if (dropped > 0)
        {
            yield return dropped == 1 ? "the cover picture is left out" : $"{dropped} cover pictures are left out";
        }
    }

    private IEnumerable<string> Damage(int decoded)
    {
        yield return $"the file is damaged: {Volatile.Read(ref _damaged)} of {decoded} frames are covered whole";
        if (_expectedFrames > decoded)
        {
            yield return $"{_expectedFrames - decoded} frames cannot be decoded at all and are missing";
        }
    }

    private List<string> Arguments(VideoOptions options)
    {
        var filters = string.Concat(options.FrameRate is { } rate ? $"fps={rate}," : "", _proxy is null ? "" : _proxy.Filter + ",", DecoderLog.Filter);
        return
        [
            .. DecoderLog.Arguments, "-nostdin", "-copyts", "-err_detect", "+crccheck+bitstream+buffer", .. VideoProbe.PartArguments(options), .. VideoProbe.InputArguments(Probe.Path), "-map", $"0:{Video.Index}",
            "-vf", filters, "-c:v", "rawvideo", "-pix_fmt", PixelFormat, "-fps_mode", "passthrough",
            .. options.FrameRate is null ? new[] { "-enc_time_base", "-1" } : [], "-f", "nut", "pipe:1",
        ];
    }

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

                var damaged = _log.IsNextDamaged(_decoder.LogEnded, _stop.Token);
                if (_proxy?.LeavesOut(Header.TimeBase.Time(time)) == true)
                {
                    _pool.Return(samples);
                    index--;
                    continue;
                }

                start = index == 0 ? time : start;
                _damaged += damaged ? 1 : 0;
                var frame = new PlanarFrame(_pool, samples, time, index, Header.TimeBase.Time(time - start), damaged ? FrameState.Damaged : FrameState.Sound);
                _frames.Writer.WriteAsync(frame, _stop.Token).AsTask().GetAwaiter().GetResult();
            }

            var code = _decoder.WaitForExit(_stop.Token);
            Volatile.Write(ref _decoded, index);
            _frames.Writer.Complete(code == 0 && index > 0 ? null : Corrupt(null));
        }
        catch (Exception error)
        {
            // Of any kind, also when memory is full: whoever reads would wait for ever, and is told.
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
