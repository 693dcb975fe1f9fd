using System.Globalization;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>A device, address or file, read by ffmpeg.</summary>
/// <param name="endpoint">Which.</param>
/// <param name="options">Size and rate.</param>
internal sealed class FfmpegSource(LiveEndpoint endpoint, LiveOptions options) : ILiveSource
{
    /// <summary>The layout of live frames: what every encoder and device takes.</summary>
    private const string PixelFormat = "yuv420p";

    /// <inheritdoc/>
    public bool IsFinite => endpoint.Kind == LiveEndpointKind.File;

    /// <inheritdoc/>
    public ILiveCapture Open(PlanarGeometry? fit, CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            "-v", "error", "-nostdin", .. endpoint.InputArguments(), "-map", "0:v:0",
            "-vf", Thinning() + (fit is null ? Shrinking() : Fitting(fit)),
            "-c:v", "rawvideo", "-pix_fmt", PixelFormat, "-fps_mode", "vfr", "-enc_time_base", "1:90000", "-f", "nut", "-flush_packets", "1", "pipe:1",
        ];
        return FfmpegCapture.Open(arguments, PlanarLayout.For(PixelFormat)!, cancellationToken);
    }

    /// <summary>Leaves frames out where they come faster than wanted; none is ever repeated. A tenth of tolerance lets uneven clocks pass.</summary>
    private string Thinning() => string.Create(
        CultureInfo.InvariantCulture, $"select='isnan(prev_selected_t)+gte(t-prev_selected_t,{0.9 / options.FramesPerSecond})+lt(t,prev_selected_t)'");

    private string Shrinking() => options.LongestSide == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $",scale='if(gte(iw,ih),min(iw,{options.LongestSide}),-2)':'if(gte(iw,ih),-2,min(ih,{options.LongestSide}))':force_divisible_by=2");

    /// <summary>Frames of another size are scaled into the first one's: streams, devices and files cannot change theirs.</summary>
    private static string Fitting(PlanarGeometry fit) => string.Create(
        CultureInfo.InvariantCulture,
        $",scale={fit.Width}:{fit.Height}:force_original_aspect_ratio=decrease:force_divisible_by=2,pad={fit.Width}:{fit.Height}:-1:-1,setsar=1");
}
