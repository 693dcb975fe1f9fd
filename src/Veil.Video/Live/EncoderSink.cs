using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>A stream, device or file, written by ffmpeg.</summary>
/// <param name="endpoint">Which.</param>
/// <param name="framesPerSecond">How many frames come at most.</param>
internal sealed class EncoderSink(LiveEndpoint endpoint, int framesPerSecond) : ILiveSink
{
    /// <inheritdoc/>
    public bool Returns => endpoint.Kind == LiveEndpointKind.Address;

    /// <inheritdoc/>
    public ILiveOutput Open(PlanarGeometry geometry) => new EncoderOutput(geometry, framesPerSecond, endpoint.OutputArguments(framesPerSecond));

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
