using Veil.Errors;
using Veil.Imaging;
using Veil.Video.Live;
using Veil.Video.Planar;

namespace Veil.Studio.Live;

/// <summary>The page as the sink of a live session: what the session lets out goes there, coded as the page's own frames were.</summary>
/// <param name="outbox">Sends.</param>
internal sealed class PageSink(PageOutbox outbox) : ILiveSink
{
    /// <inheritdoc/>
    public bool Returns => false;

    /// <inheritdoc/>
    public LiveSizes Sizes => LiveSizes.Any;

    /// <inheritdoc/>
    public ILiveOutput Open(PlanarGeometry geometry) => RawFrame.Fits(geometry) ? new PlanesOutput(outbox, geometry) : new JpegOutput(outbox, geometry);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private abstract class Output(PageOutbox outbox) : ILiveOutput
    {
        private volatile bool _aborted;

        public void Write(ReadOnlySpan<byte> samples, long pts)
        {
            if (_aborted)
            {
                throw new VeilException(VeilErrorCode.UnwritableOutput, "The page was left.");
            }

            // Looked at first: a page that does not keep up costs no coding.
            if (outbox.HasRoom)
            {
                Send(samples, (uint)pts);
            }
        }

        public void Finish()
        {
        }

        public void Abort() => _aborted = true;

        public virtual void Dispose()
        {
        }

        protected abstract void Send(ReadOnlySpan<byte> samples, uint number);
    }

    private sealed class PlanesOutput : Output
    {
        private readonly byte[] _header = new byte[RawFrame.Header];
        private readonly PageOutbox _outbox;

        public PlanesOutput(PageOutbox outbox, PlanarGeometry geometry)
            : base(outbox)
        {
            _outbox = outbox;
            RawFrame.Write(geometry, _header);
        }

        protected override void Send(ReadOnlySpan<byte> samples, uint number) => _outbox.Show(number, PictureCoding.Planes, _header, samples);
    }

    private sealed class JpegOutput(PageOutbox outbox, PlanarGeometry geometry) : Output(outbox)
    {
        private static readonly EncodeOptions Coding = new() { Quality = 85 };

        private readonly PageOutbox _outbox = outbox;
        private readonly byte[] _frame = new byte[geometry.FrameBytes];

        public override void Dispose()
        {
            Array.Clear(_frame);
            base.Dispose();
        }

        protected override void Send(ReadOnlySpan<byte> samples, uint number)
        {
            samples.CopyTo(_frame);
            using var picture = Picture.FromPixels(PlanarReduction.ToRgb24(geometry, _frame, 1), PictureFormat.Jpeg);
            _outbox.Show(number, PictureCoding.Jpeg, picture.Encode(Coding), []);
        }
    }
}
