using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>A page on this machine that shows the picture. It outlives its outputs, so that viewers stay.</summary>
/// <param name="page">The page; owned.</param>
/// <param name="framesPerSecond">How many frames come at most.</param>
internal sealed class PageSink(LivePage page, int framesPerSecond) : ILiveSink
{
    /// <summary>Where the page is.</summary>
    public string Address => page.Address;

    /// <inheritdoc/>
    public bool Returns => false;

    /// <inheritdoc/>
    public ILiveOutput Open(PlanarGeometry geometry) => new PageOutput(
        new EncoderOutput(geometry, framesPerSecond, ["-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p", "-f", "mjpeg", "-flush_packets", "1", "pipe:1"]), page);

    /// <inheritdoc/>
    public void Dispose() => page.Dispose();

    /// <summary>Hands pictures from the encoder to the page.</summary>
    private sealed class PageOutput(EncoderOutput encoder, LivePage page) : ILiveOutput
    {
        private readonly Task _serving = Task.Run(() => page.PumpAsync(encoder.Encoded));

        public void Write(ReadOnlySpan<byte> samples, long pts) => encoder.Write(samples, pts);

        public void Finish() => encoder.Finish();

        public void Abort() => encoder.Abort();

        public void Dispose()
        {
            encoder.Dispose();
            _serving.GetAwaiter().GetResult();
        }
    }
}
