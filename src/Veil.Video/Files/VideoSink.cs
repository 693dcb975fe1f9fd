using System.Globalization;
using System.Threading.Channels;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Video.Ffmpeg;
using Veil.Video.Nut;
using Veil.Video.Planar;

namespace Veil.Video.Files;

/// <summary>
/// Encodes frames in an ffmpeg process, which takes sound, subtitles, chapters and fonts from the source as they are, its
/// anonymized covers, and nothing else: no tags, no telemetry. It writes a temporary file; <see cref="Complete"/> renames it. Frames are
/// written on a thread of their own, a few at a time. Not thread-safe.
/// </summary>
internal sealed class VideoSink : IFrameSink
{
    private const int WriteBehind = 4;

    /// <summary>
    /// Raw frames say when they are shown and not for how long, which matters for the last: without a length it ends when it begins, and
    /// decoders that honour edit lists leave it out. ffmpeg guesses a rate from the first five megabytes, which is one frame of a large film.
    /// Here a frame lasts as long as those before it did on average, by their own times, since this filter's TB is not their unit in every version.
    /// Times stay as they are, which it has to be told. Of a number and what is none, the maximum is the second: hence the order.
    /// </summary>
    private const string Durations = @"setts=pts=PTS:dts=DTS:duration=max(if(N\,round((DTS-STARTDTS)/N)\,DURATION)\,1)";

    private readonly OutputDraft _draft;
    private readonly List<OutputDraft> _covers = [];
    private readonly FfmpegProcess _encoder;
    private readonly NutWriter _writer;
    private readonly Channel<PlanarFrame> _frames = Channel.CreateBounded<PlanarFrame>(new BoundedChannelOptions(WriteBehind) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writing;

    /// <summary>Starts encoding.</summary>
    /// <param name="source">The video that the frames come from; read a second time for all that is not picture.</param>
    /// <param name="target">The output.</param>
    /// <param name="targetName">Its name, for the container.</param>
    /// <param name="options">How to encode.</param>
    public VideoSink(VideoSource source, OutputFile target, string targetName, VideoOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        _draft = target.Begin();
        try
        {
            WriteCovers(source, target, ContainerFormat.MuxerFor(targetName, source.Probe.Format));
            _encoder = FfmpegProcess.Start(FfmpegPrograms.Ffmpeg, Arguments(source, _covers, _draft.Path, targetName, options));
            _writer = new NutWriter(_encoder.Input, source.Header);
        }
        catch
        {
            _encoder?.Dispose();
            _draft.Dispose();
            _covers.ForEach(cover => cover.Dispose());
            throw;
        }

        _writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public void Write(Frame frame)
    {
        var planar = frame as PlanarFrame ?? throw new ArgumentException($"Expected a frame of a video, but received {frame?.GetType().Name ?? "null"}.", nameof(frame));
        try
        {
            _frames.Writer.WriteAsync(planar, _stop.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is ChannelClosedException or OperationCanceledException)
        {
            planar.Dispose();
            throw Failed(error.InnerException ?? error);
        }
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellationToken)
    {
        _frames.Writer.TryComplete();
        _writing.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        if (_encoder.WaitForExit(cancellationToken) != 0)
        {
            throw Failed(null);
        }

        cancellationToken.ThrowIfCancellationRequested();
        _draft.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _frames.Writer.TryComplete();
        _encoder.Dispose();
        try
        {
            _writing.GetAwaiter().GetResult();
        }
        catch (VeilException) when (_stop.IsCancellationRequested)
        {
            // Said by Complete already, or of no interest to whoever gave up.
        }

        while (_frames.Reader.TryRead(out var frame))
        {
            frame.Dispose();
        }

        _draft.Dispose();
        _covers.ForEach(cover => cover.Dispose());
        _stop.Dispose();
    }

    /// <summary>Covers as they are now, in files that never become outputs: ffmpeg has to open them when it starts.</summary>
    private void WriteCovers(VideoSource source, OutputFile target, string muxer)
    {
        if (!ContainerFormat.HoldsCovers(muxer))
        {
            source.LeaveCoversOut();
        }

        foreach (var cover in source.Covers)
        {
            _covers.Add(target.Begin());
            cover.Write(_covers[^1].Path, CancellationToken.None);
        }
    }

    private static List<string> Arguments(VideoSource source, IReadOnlyList<OutputDraft> covers, string path, string targetName, VideoOptions options)
    {
        var colour = ColourArguments(source.Video.Colour);
        var muxer = ContainerFormat.MuxerFor(targetName, source.Probe.Format);
        var encoder = VideoEncoder.For(source.Video.Codec, source.PixelFormat, muxer, options, source.Hdr);
        if (source.Hdr is not null && !VideoEncoder.TakesHdr(encoder.Name))
        {
            source.Note("HDR10's mastering display and light levels are left out: only libx265 is told them");
        }

        var isPart = options.Start is not null || options.End is not null;
        List<string> arguments =
        [
            "-v", "error", "-copyts", .. colour, "-f", "nut", "-i", "pipe:0",
            .. VideoProbe.PartArguments(options), .. VideoProbe.InputArguments(source.Probe.Path), .. CoverInputs(source, covers, muxer),

            // Titles of chapters stay; their times are those of the whole film.
            "-map", "0:v:0", "-map_metadata", "-1", "-map_chapters", isPart ? "-1" : "1",
            "-c", "copy", "-c:v:0", encoder.Name, .. encoder.Arguments, .. colour, .. FieldArguments(source.Video), "-pix_fmt:v:0", source.PixelFormat,
            "-fps_mode", "passthrough", "-enc_time_base", NeedsSteadyRate(encoder.Name, muxer, source) ? source.Video.FrameDuration : "-1",
            "-bsf:v:0", Durations,
        ];
        if (isPart)
        {
            arguments.AddRange(["-output_ts_offset", VideoProbe.Seconds(-((options.Start ?? TimeSpan.Zero) + source.Probe.Start))]);
        }

        if (ContainerFormat.IsMovie(muxer)
            && (options.FrameRate is null && source.Video.TicksPerSecond > 0 ? source.Video.TicksPerSecond : source.Header.TimeBase.Denominator) is <= int.MaxValue and var ticks)
        {
            arguments.AddRange(["-video_track_timescale", ticks.ToString(CultureInfo.InvariantCulture)]);
        }

        if (muxer == "mpegts")
        {
            arguments.AddRange(["-mpegts_copyts", "1", "-muxdelay", "0", "-muxpreload", "0"]);
        }

        if (source.Video.SampleAspect is { Length: > 0 } and not "0:1" and not "1:1")
        {
            arguments.AddRange(["-aspect:v:0", Aspect(source)]);
        }

        arguments.AddRange(["-disposition:0", Dispositions(source.Video)]);
        if (source.Video.Language.Length > 0)
        {
            arguments.AddRange(["-metadata:s:0", "language=" + source.Video.Language]);
        }

        AddCovers(arguments, source, covers, muxer, AddOtherStreams(arguments, source.Probe, muxer, options.Start));
        for (var i = 0; i < source.Probe.Chapters.Count && !isPart; i++)
        {
            if (source.Probe.Chapters[i] is { Length: > 0 } title)
            {
                arguments.AddRange([$"-metadata:c:{i}", "title=" + title]);
            }
        }

        // Nothing that says which program or machine made it, and no date.
        arguments.AddRange(["-fflags", "+bitexact", "-flags:v:0", IsInterlaced(source.Video) ? "+bitexact+ilme+ildct" : "+bitexact", "-avoid_negative_ts", "disabled", "-f", muxer, "-y", "file:" + path]);
        return arguments;
    }

    /// <summary>True where formats know a rate and no times, or times of a coarser kind than the source's: frames go to the nearest tick of its rate.</summary>
    private static bool NeedsSteadyRate(string encoder, string muxer, VideoSource source) => source.Video.FrameDuration.Length > 0
        && (encoder is "mpeg1video" or "mpeg2video" || muxer == "avi" || (encoder == "mpeg4" && source.Header.TimeBase.Denominator > ushort.MaxValue));

    private static IEnumerable<string> CoverInputs(VideoSource source, IReadOnlyList<OutputDraft> covers, string muxer) => muxer == "matroska"
        ? []
        : covers.Zip(source.Covers, (file, cover) => new[] { "-f", cover.Codec == "png" ? "png_pipe" : "jpeg_pipe", "-i", "file:" + file.Path }).SelectMany(words => words);

    /// <summary>Covers, after all other streams.</summary>
    /// <param name="arguments">Added to.</param>
    /// <param name="source">The film.</param>
    /// <param name="covers">Files of its covers.</param>
    /// <param name="muxer">ffmpeg's name of the container's writer.</param>
    /// <param name="output">Number of the first.</param>
    private static void AddCovers(List<string> arguments, VideoSource source, IReadOnlyList<OutputDraft> covers, string muxer, int output)
    {
        for (var i = 0; i < covers.Count; i++)
        {
            var isPng = source.Covers[i].Codec == "png";
            arguments.AddRange(muxer == "matroska"
                ?
                [
                    "-attach", "file:" + covers[i].Path, $"-metadata:s:{output + i}", isPng ? "mimetype=image/png" : "mimetype=image/jpeg",
                    $"-metadata:s:{output + i}", $"filename=cover{(i == 0 ? "" : i + 1)}.{(isPng ? "png" : "jpg")}",
                ]
                : ["-map", $"{2 + i}:v:0", $"-disposition:{output + i}", "attached_pic"]);
        }
    }

    /// <summary>Sound, subtitles and fonts, with their languages and dispositions.</summary>
    /// <returns>The number of the stream after them.</returns>
    private static int AddOtherStreams(List<string> arguments, VideoProbe probe, string muxer, TimeSpan? start)
    {
        var output = 1;
        foreach (var stream in probe.Streams)
        {
            if (stream.Kind is StreamKind.Audio or StreamKind.Subtitle || (stream.IsFont && muxer == "matroska"))
            {
                Add(stream);
            }
        }

        return output;

        void Add(ProbedStream stream)
        {
            arguments.AddRange(["-map", $"1:{stream.Index}"]);
            if (start is { } from && stream.Kind != StreamKind.Attachment)
            {
                // Copied packets begin at the key frame before; players would skip them, but they would be in the file.
                arguments.AddRange([$"-bsf:{output}", $@"noise=amount=0:drop=lt(pts*tb\,{VideoProbe.Seconds(from + probe.Start)})"]);
            }

            if (stream.Kind == StreamKind.Subtitle && ContainerFormat.SubtitleCodec(muxer, stream.Codec) is { } codec)
            {
                arguments.AddRange([$"-c:{output}", codec]);
            }

            if (stream.Language.Length > 0)
            {
                arguments.AddRange([$"-metadata:s:{output}", "language=" + stream.Language]);
            }

            if (stream.Kind == StreamKind.Attachment)
            {
                arguments.AddRange([$"-metadata:s:{output}", "mimetype=" + stream.MediaType, $"-metadata:s:{output}", "filename=" + stream.FileName]);
            }
            else
            {
                arguments.AddRange([$"-disposition:{output}", Dispositions(stream)]);
            }

            output++;
        }
    }

    private static string Dispositions(ProbedStream stream) => stream.Dispositions.Count > 0 ? string.Join('+', stream.Dispositions) : "0";

    /// <summary>Fields stay fields: which comes first is told by the stream alone, raw frames do not say it.</summary>
    private static string[] FieldArguments(ProbedStream video) => video.FieldOrder switch
    {
        "tt" or "tb" => ["-filter:v:0", "setfield=tff"],
        "bb" or "bt" => ["-filter:v:0", "setfield=bff"],
        _ => [],
    };

    private static bool IsInterlaced(ProbedStream video) => FieldArguments(video).Length > 0;

    private static string Aspect(VideoSource source)
    {
        var parts = source.Video.SampleAspect.Split(':').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var ratio = source.Video.Rotation is 90 or 270 ? parts[1] / parts[0] : parts[0] / parts[1];
        return (source.Info.Width * ratio / source.Info.Height).ToString("R", CultureInfo.InvariantCulture);
    }

    private static string[] ColourArguments(ColourTags colour) =>
    [
        .. Argument("-colorspace", colour.Space == "gbr" ? "rgb" : colour.Space), .. Argument("-color_range", colour.Range),
        .. Argument("-color_primaries", colour.Primaries), .. Argument("-color_trc", colour.Transfer), .. Argument("-chroma_sample_location", colour.ChromaLocation),
    ];

    private static string[] Argument(string name, string value) => value.Length > 0 ? [name, value] : [];

    private void WriteAll()
    {
        try
        {
            while (_frames.Reader.WaitToReadAsync(_stop.Token).AsTask().GetAwaiter().GetResult())
            {
                while (_frames.Reader.TryRead(out var frame))
                {
                    using (frame)
                    {
                        _writer.WriteFrame(frame.Fold(), frame.Pts);
                    }
                }
            }

            _encoder.Input.Flush();
            _encoder.Input.Close();
        }
        catch (Exception error)
        {
            // Of any kind, also when memory is full: whoever writes would wait for ever, and is told.
            var failure = Failed(error);
            _frames.Writer.TryComplete(failure);
            throw failure;
        }
    }

    private VeilException Failed(Exception? inner)
    {
        var said = _encoder.Said;
        return new VeilException(
            VeilErrorCode.EncodeFailed, $"The video cannot be encoded: {(said.Length > 0 ? said : inner?.Message ?? "ffmpeg gave no reason")}",
            "Choose another --encoder or container, or see whether the disk is full.", inner);
    }
}
