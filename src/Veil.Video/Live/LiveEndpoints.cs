using System.Globalization;
using System.Text.RegularExpressions;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Video.Live;

/// <summary>Sources and sinks of what a user named, checked before anything is opened.</summary>
internal static partial class LiveEndpoints
{
    /// <summary>The source.</summary>
    /// <exception cref="VeilException">It is not there, or is none.</exception>
    public static ILiveSource Source(LiveEndpoint source, LiveOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        switch (source.Kind)
        {
            case LiveEndpointKind.Page:
                throw new VeilException(VeilErrorCode.InvalidOption, "Expected a camera, an address or a file as source, but received a page.", "A page can only be a sink.");
            case LiveEndpointKind.Device:
                RequireDevice(source.Place, VeilErrorCode.UnreadableInput, "'ls /dev/video*' lists the cameras of this machine.");
                break;
            case LiveEndpointKind.File when !File.Exists(source.Place):
                throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no file {source.Place}.");
            default:
                break;
        }

        return new FfmpegSource(source, options);
    }

    /// <summary>The sink; a page is served from now on.</summary>
    /// <exception cref="VeilException">It cannot be written, or is the source.</exception>
    public static ILiveSink Sink(LiveEndpoint sink, LiveEndpoint source, LiveOptions options)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (sink == source)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Source and sink are the same.", "Name another sink.");
        }

        switch (sink.Kind)
        {
            case LiveEndpointKind.Page:
                return new PageSink(new LivePage(sink.Place), options.FramesPerSecond);
            case LiveEndpointKind.Device:
                RequireDevice(sink.Place, VeilErrorCode.UnwritableOutput, "A loopback device comes from 'modprobe v4l2loopback video_nr=9 exclusive_caps=1'.");
                break;
            case LiveEndpointKind.File:
                RequirePlace(sink.Place, options.Existing);
                break;
            default:
                break;
        }

        return new EncoderSink(sink, options.FramesPerSecond);
    }

    /// <summary>ffmpeg's arguments to read from here. A source may not lead ffmpeg to other protocols, local files least of all.</summary>
    public static IReadOnlyList<string> InputArguments(this LiveEndpoint source) => source.Kind switch
    {
        LiveEndpointKind.Device => ["-f", "v4l2", "-i", source.Place],
        LiveEndpointKind.File => ["-re", .. Files.VideoProbe.InputArguments(source.Place)],
        LiveEndpointKind.Address => [.. source.AddressArguments(), .. AtOnce, "-i", source.Place],
        _ => throw new InvalidOperationException($"Expected a kind of endpoint that can be read, but found {source.Kind}."),
    };

    /// <summary>ffmpeg's arguments to write to here, after those that say what.</summary>
    public static IReadOnlyList<string> OutputArguments(this LiveEndpoint sink, int framesPerSecond)
    {
        string[] h264 =
        [
            "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-g", (2 * framesPerSecond).ToString(CultureInfo.InvariantCulture), "-pix_fmt", "yuv420p",
        ];
        return sink.Kind switch
        {
            LiveEndpointKind.Device => ["-c:v", "rawvideo", "-pix_fmt", "yuv420p", "-f", "v4l2", sink.Place],
            LiveEndpointKind.File when IsPattern(sink.Place) => [.. h264, "-f", "segment", "-segment_time", "60", "-reset_timestamps", "1", .. SegmentNames(sink.Place)],
            LiveEndpointKind.File =>
            [
                .. h264, "-f", Files.ContainerFormat.MuxerFor(sink.Place, "matroska"),
                .. Path.GetExtension(sink.Place) is ".mp4" or ".mov" ? new[] { "-movflags", "frag_keyframe+empty_moov+default_base_moof" } : [],
                "-flush_packets", "1", "-y", "file:" + sink.Place,
            ],
            LiveEndpointKind.Address => [.. h264, .. sink.StreamArguments()],
            _ => throw new InvalidOperationException($"Expected a kind of endpoint that an encoder writes to, but found {sink.Kind}."),
        };
    }

    private static string[] AddressArguments(this LiveEndpoint source) => source.Scheme switch
    {
        "rtsp" or "rtsps" => ["-protocol_whitelist", "rtsp,rtsps,rtp,tcp,udp,tls,srtp", "-rtsp_transport", "tcp", "-timeout", "5000000"],
        "http" or "https" => ["-protocol_whitelist", "http,https,tcp,tls,crypto,httpproxy"],
        "rtmp" or "rtmps" => ["-protocol_whitelist", "rtmp,rtmps,tcp,tls"],
        _ => ["-protocol_whitelist", "srt,udp,tcp"],
    };

    private static string[] StreamArguments(this LiveEndpoint sink) => sink.Scheme switch
    {
        "rtsp" or "rtsps" => ["-f", "rtsp", "-rtsp_transport", "tcp", sink.Place],
        "rtmp" or "rtmps" => ["-f", "flv", sink.Place],
        "udp" when !sink.Place.Contains("pkt_size=", StringComparison.Ordinal) =>
            [.. Transport, sink.Place + (sink.Place.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "pkt_size=1316"],
        _ => [.. Transport, sink.Place],
    };

    // A second of looking for what a stream holds, not five to seven, and not as far as its rate, which nobody asks for; what
    // is not seen by then is known with the first key frame.
    private static string[] AtOnce => ["-analyzeduration", "1000000", "-fpsprobesize", "0", "-fflags", "nobuffer", "-flags", "low_delay"];

    private static string[] Transport => ["-f", "mpegts", "-muxdelay", "0", "-muxpreload", "0", "-flush_packets", "1"];

    private static bool IsPattern(string path) => path.Contains('%', StringComparison.Ordinal);

    /// <summary>Numbered pieces go on after those that are there; others are named by the time.</summary>
    private static string[] SegmentNames(string pattern)
    {
        if (!Number().IsMatch(pattern))
        {
            return ["-strftime", "1", "file:" + pattern];
        }

        var number = 0;
        while (File.Exists(Numbered(pattern, number)))
        {
            number++;
        }

        return ["-segment_start_number", number.ToString(CultureInfo.InvariantCulture), "file:" + pattern];
    }

    private static string Numbered(string pattern, int number) => Number().Replace(
        pattern, match => number.ToString("D" + Math.Max(1, match.Groups[1].Length > 0 ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 1), CultureInfo.InvariantCulture));

    [GeneratedRegex("%0?([0-9]?)d")]
    private static partial Regex Number();

    private static void RequireDevice(string path, VeilErrorCode code, string hint)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"{path} is a device of Video4Linux, which this system does not have.", "Stream the camera to an address with another program.");
        }

        if (!File.Exists(path))
        {
            throw new VeilException(code, $"There is no device {path}.", hint);
        }
    }

    private static void RequirePlace(string path, OverwritePolicy existing)
    {
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"There is no folder {Path.GetDirectoryName(path)}.");
        }

        if (existing == OverwritePolicy.Refuse && !IsPattern(path) && File.Exists(path))
        {
            throw new VeilException(VeilErrorCode.OutputExists, $"{path} is there already.", "Choose another name, or overwrite it with --force.");
        }
    }
}
