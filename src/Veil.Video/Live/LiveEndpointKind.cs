namespace Veil.Video.Live;

/// <summary>What kind of place a live picture comes from or goes to.</summary>
public enum LiveEndpointKind
{
    /// <summary>A camera, or a loopback device that other programs take for one.</summary>
    Device,

    /// <summary>An address: RTSP, RTMP, SRT, UDP, TCP, HTTP.</summary>
    Address,

    /// <summary>A file, or a pattern of files.</summary>
    File,

    /// <summary>A page with the moving picture, served to this machine alone; output only.</summary>
    Page,
}
