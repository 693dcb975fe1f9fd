using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Video.Live;
using Veil.Video.Planar;

namespace Veil.Video.Tests.Live;

/// <summary>Frames with a square that may never be seen: nothing else is as bright, and nothing else is textured alike.</summary>
internal static class MarkedFrames
{
    public const int Side = 20;
    private const byte Brightest = 250;

    public static FramePool Pool(int width = 96, int height = 64) => new(new PlanarGeometry(PlanarLayout.For("yuv420p")!, width, height, YuvMatrix.Of(null, null, height)));

    /// <summary>A frame with its square at a place.</summary>
    public static PlanarFrame Frame(FramePool pool, int index, int left, int top)
    {
        var samples = pool.Rent();
        var (width, height) = (pool.Geometry.Width, pool.Geometry.Height);
        var random = new Random(7);
        random.NextBytes(samples);
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (byte)(40 + (samples[i] / 2));
        }

        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                samples[((top + y) * width) + left + x] = (byte)(Brightest + ((x + (3 * y)) % 6));
            }
        }

        _ = height;
        return new PlanarFrame(pool, samples, index, index, TimeSpan.FromMilliseconds(33 * index));
    }

    /// <summary>True when no pixel of a square shows.</summary>
    public static bool IsSafe(ReadOnlySpan<byte> samples, PlanarGeometry geometry) =>
        samples[..(geometry.Width * geometry.Height)].IndexOfAnyInRange(Brightest, byte.MaxValue) < 0;

    /// <summary>True for a frame that is covered whole.</summary>
    public static bool IsGrey(ReadOnlySpan<byte> samples) => !samples.ContainsAnyExcept((byte)128);

    /// <summary>The treatment that finds squares and blackens them.</summary>
    public static LiveTreatment Treatment(Func<IRegionProvider>? create = null, IAnonymizer? anonymizer = null) =>
        new(create ?? (() => new SquareFinder()), new RegionPolicy(), anonymizer ?? SolidAnonymizer.Describe().Create());
}

/// <summary>Finds the bright square, after what a test does.</summary>
/// <param name="before">Runs before each search.</param>
internal sealed class SquareFinder(Action<CancellationToken>? before = null) : IRegionProvider
{
    public bool IsDisposed { get; private set; }

    public IReadOnlyList<Region> Find(MediaItem item, Imaging.Frame frame, CancellationToken cancellationToken)
    {
        before?.Invoke(cancellationToken);
        using var luma = frame.Luma(1);
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (var y = 0; y < luma.Height; y++)
        {
            for (var x = 0; x < luma.Width; x++)
            {
                if (luma.Row(y)[x] >= 250)
                {
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
                }
            }
        }

        return right < 0 ? [] : [new Region(new Box(left, top, right, bottom), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector, "squares"))];
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>A method that fails when a test says so.</summary>
internal sealed class FailingMethod(Func<bool> fails) : IAnonymizer
{
    private readonly IAnonymizer _inner = SolidAnonymizer.Describe().Create();

    public Imaging.PixelRect Reads(Region region, RegionMask mask) => _inner.Reads(region, mask);

    public void Apply(Imaging.PixelBuffer image, Region region, RegionMask mask)
    {
        if (fails())
        {
            throw new InvalidOperationException("a defect");
        }

        _inner.Apply(image, region, mask);
    }
}
