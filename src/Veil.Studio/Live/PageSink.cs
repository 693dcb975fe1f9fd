using Veil.Errors;
using Veil.Imaging;
using Veil.Video.Live;
using Veil.Video.Planar;

namespace Veil.Studio.Live;

/// <summary>The page as the sink of a live session: what the session lets out goes there as JPEG.</summary>
/// <param name="outbox">Sends.</param>
internal sealed class PageSink(PageOutbox outbox) : ILiveSink
{
    /// <inheritdoc/>
    public bool Returns => false;

    /// <inheritdoc/>
    public LiveSizes Sizes => LiveSizes.Any;

    /// <inheritdoc/>
    public ILiveOutput Open(PlanarGeometry geometry) => new Output(outbox, geometry);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Output(PageOutbox outbox, PlanarGeometry geometry) : ILiveOutput
    {
        private static readonly EncodeOptions Coding = new() { Quality = 85 };

        private readonly byte[] _frame = new byte[geometry.FrameBytes];
        private volatile bool _aborted;

        public void Write(ReadOnlySpan<byte> samples, long pts)
        {
            if (_aborted)
            {
                throw new VeilException(VeilErrorCode.UnwritableOutput, "The page was left.");
            }

            samples.CopyTo(_frame);
            using var picture = Picture.FromPixels(PlanarReduction.ToRgb24(geometry, _frame, 1), PictureFormat.Jpeg);
            outbox.Show((uint)pts, picture.Encode(Coding));
        }

        public void Finish()
        {
        }

        public void Abort() => _aborted = true;

        public void Dispose() => Array.Clear(_frame);
    }
}
