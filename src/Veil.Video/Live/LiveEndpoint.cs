using Veil.Errors;

namespace Veil.Video.Live;

/// <summary>What kind of place a live picture comes from or goes to.</summary>
public enum LiveEndpointKind
{
    /// <summary>A camera, or a loopback device that other programs take for one.</summary>
    Device,

    /// <summary>An address: RTSP, RTMP, SRT, UDP, HTTP.</summary>
    Address,

    /// <summary>A file.</summary>
    File,

    /// <summary>A page with the moving picture, served from this machine; output only.</summary>
    Page,
}

/// <summary>A place that a live picture comes from or goes to.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Place">Path or address.</param>
public sealed record LiveEndpoint(LiveEndpointKind Kind, string Place)
{
    private static readonly string[] Schemes = ["rtsp", "rtsps", "rtmp", "rtmps", "srt", "udp", "tcp", "http", "https"];

    /// <summary>Reads what a user wrote: a device, an address, <c>page:PORT</c>, or a file.</summary>
    /// <param name="text">E.g. <c>/dev/video0</c>, <c>rtsp://camera/stream</c>, <c>page:8080</c>, <c>out.mkv</c>.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: none of these.</exception>
    public static LiveEndpoint Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (text.StartsWith("page:", StringComparison.OrdinalIgnoreCase))
        {
            return ushort.TryParse(text["page:".Length..], out var port) && port > 0
                ? new LiveEndpoint(LiveEndpointKind.Page, port.ToString(System.Globalization.CultureInfo.InvariantCulture))
                : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected a port of 1 to 65535 after 'page:', but received '{text}'.", "For example: page:8080");
        }

        if (text.IndexOf("://", StringComparison.Ordinal) is > 0 and var at)
        {
            return Schemes.Contains(text[..at], StringComparer.OrdinalIgnoreCase)
                ? new LiveEndpoint(LiveEndpointKind.Address, text)
                : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected an address that begins with one of {string.Join(", ", Schemes)}, but received '{text}'.");
        }

        var path = Path.GetFullPath(text);
        return new LiveEndpoint(path.StartsWith("/dev/", StringComparison.Ordinal) ? LiveEndpointKind.Device : LiveEndpointKind.File, path);
    }

    /// <summary>ffmpeg's arguments to read from here.</summary>
    internal IReadOnlyList<string> InputArguments() => Kind switch
    {
        LiveEndpointKind.Device => ["-f", "v4l2", "-i", Place],
        LiveEndpointKind.File => ["-re", .. Files.VideoProbe.InputArguments(Place)],
        LiveEndpointKind.Address when Place.StartsWith("rtsp", StringComparison.OrdinalIgnoreCase) => ["-rtsp_transport", "tcp", "-timeout", "5000000", "-fflags", "nobuffer", "-flags", "low_delay", "-i", Place],
        LiveEndpointKind.Address => ["-fflags", "nobuffer", "-flags", "low_delay", "-i", Place],
        _ => throw new VeilException(VeilErrorCode.InvalidOption, "A page can only be an output."),
    };

    /// <summary>ffmpeg's arguments to write to here, after those that say what.</summary>
    internal IReadOnlyList<string> OutputArguments(int framesPerSecond)
    {
        string[] h264 = ["-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-g", (2 * framesPerSecond).ToString(System.Globalization.CultureInfo.InvariantCulture), "-pix_fmt", "yuv420p"];
        return Kind switch
        {
            LiveEndpointKind.Device => ["-c:v", "rawvideo", "-pix_fmt", "yuv420p", "-f", "v4l2", Place],
            LiveEndpointKind.Page => ["-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p", "-f", "mjpeg", "-flush_packets", "1", "pipe:1"],
            LiveEndpointKind.File when Place.Contains('%', StringComparison.Ordinal) =>
                [.. h264, "-f", "segment", "-segment_time", "60", "-reset_timestamps", "1", "-strftime", Place.Contains("%Y", StringComparison.Ordinal) ? "1" : "0", "file:" + Place],
            LiveEndpointKind.File => [.. h264, "-f", Files.ContainerFormat.MuxerFor(Place, "matroska"), .. Path.GetExtension(Place) is ".mp4" or ".mov" ? new[] { "-movflags", "frag_keyframe+empty_moov" } : [], "-y", "file:" + Place],
            LiveEndpointKind.Address => [.. h264, "-f", MuxerForScheme(), Place],
            _ => throw new InvalidOperationException($"Expected a known kind of endpoint, but found {Kind}."),
        };
    }

    private string MuxerForScheme() => Place[..Place.IndexOf("://", StringComparison.Ordinal)].ToUpperInvariant() switch
    {
        "RTSP" or "RTSPS" => "rtsp",
        "RTMP" or "RTMPS" => "flv",
        _ => "mpegts",
    };
}
