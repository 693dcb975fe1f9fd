using System.Globalization;
using Veil.Errors;

namespace Veil.Video.Live;

/// <summary>A place that a live picture comes from or goes to.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Place">Full path, address, or port.</param>
public sealed record LiveEndpoint(LiveEndpointKind Kind, string Place)
{
    private const string PagePrefix = "page:";

    private static readonly string[] Schemes = ["rtsp", "rtsps", "rtmp", "rtmps", "srt", "udp", "tcp", "http", "https"];

    /// <summary>Scheme of an address, lower case; empty for other kinds.</summary>
    internal string Scheme => Kind == LiveEndpointKind.Address ? Place[..Place.IndexOf("://", StringComparison.Ordinal)].ToLowerInvariant() : "";

    /// <summary>Reads what a user wrote: a device, an address, <c>page:PORT</c>, or a file.</summary>
    /// <param name="text">E.g. <c>/dev/video0</c>, <c>rtsp://camera/stream</c>, <c>page:8080</c>, <c>out.mkv</c>.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: none of these.</exception>
    public static LiveEndpoint Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Expected a device, an address, page:PORT or a file, but received nothing.");
        }

        if (text.StartsWith(PagePrefix, StringComparison.OrdinalIgnoreCase))
        {
            return ushort.TryParse(text[PagePrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
                ? new LiveEndpoint(LiveEndpointKind.Page, port.ToString(CultureInfo.InvariantCulture))
                : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected a port of 1 to 65535 after '{PagePrefix}', but received '{text}'.", "For example: page:8080");
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
}
