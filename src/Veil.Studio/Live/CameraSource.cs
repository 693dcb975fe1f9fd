using System.Threading.Channels;
using Veil.Errors;
using Veil.Imaging;
using Veil.Video.Live;
using Veil.Video.Planar;

namespace Veil.Studio.Live;

/// <summary>The camera of a page as the source of a live session.</summary>
/// <param name="feed">Its frames.</param>
/// <param name="refused">Called when a frame is none.</param>
internal sealed class CameraSource(CameraFeed feed, Action refused) : ILiveSource
{
    /// <inheritdoc/>
    public bool IsFinite => false;

    /// <inheritdoc/>
    public ILiveCapture Open(PlanarGeometry? fit, CancellationToken cancellationToken) => new Capture(feed, refused);

    private sealed class Capture(CameraFeed feed, Action refused) : ILiveCapture
    {
        private static readonly PictureLimits Limits = new()
        {
            MaxDimension = LiveMessages.LongestSide, MaxPixels = LiveMessages.LongestSide * LiveMessages.LongestSide, MaxFrames = 1, MaxFileBytes = LiveMessages.LargestFrame,
        };

        private readonly CancellationTokenSource _aborted = new();
        private FramePool? _pool;
        private int _index;

        public PlanarFrame? Read()
        {
            try
            {
                using var coded = feed.Take(_aborted.Token);
                var pool = RawFrame.TryRead(coded.Coded, out var geometry) ? Pool(geometry) : null;
                byte[] samples;
                if (pool is not null)
                {
                    samples = pool.Rent();
                    coded.Coded[RawFrame.Header..].CopyTo(samples);
                }
                else
                {
                    using var picture = Picture.Decode(coded.Coded, Limits);
                    var pixels = picture.Frame(0);
                    if (pixels.Format != PixelFormat.Rgb24)
                    {
                        refused();
                        return null;
                    }

                    pool = Pool(new PlanarGeometry(PlanarLayout.For("gbrp")!, pixels.Width, pixels.Height, YuvMatrix.Of(null, null, pixels.Height)));
                    samples = pool.Rent();
                    Rgb24Planes.Split(pixels, samples);
                }

                return new PlanarFrame(pool, samples, coded.Number, _index++, TimeSpan.Zero);
            }
            catch (VeilException)
            {
                // Whoever sends what is no frame is told by the socket's end; nothing of it is shown.
                refused();
                return null;
            }
            catch (Exception ended) when (ended is OperationCanceledException or ChannelClosedException)
            {
                return null;
            }
        }

        private FramePool Pool(PlanarGeometry geometry) => _pool = _pool?.Geometry == geometry ? _pool : new FramePool(geometry);

        public void Abort() => _aborted.Cancel();

        // The source of the token is left to the collector: Abort may come from any thread, also later.
        public void Dispose() => _aborted.Cancel();
    }
}
