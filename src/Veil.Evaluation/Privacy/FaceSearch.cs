using System.Collections.Concurrent;
using Veil.Detection;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Evaluation.Privacy;

/// <summary>Looks for a face where one was treated. Thread-safe: each search takes a detector of its own.</summary>
/// <remarks>
/// Detectors want a face with something around it: an aligned crop is doubled in size and laid on grey that is as wide as half the
/// crop on each side.
/// </remarks>
internal sealed class FaceSearch(ProbeDetector detector, ArchiveLayout layout) : IDisposable
{
    private const int Enlargement = 2;
    private const byte Grey = 128;

    // The found face need not fit: a quarter of the region's side, with its centre in the region, is somebody's face.
    private const float SmallestSide = 0.25f;

    private readonly ConcurrentBag<IRegionDetector> _idle = [];
    private int _found;
    private int _alignable;

    /// <summary>The detector's id.</summary>
    public string Id => detector.Id;

    /// <summary>Searches that found one.</summary>
    public int Found => _found;

    /// <summary>Searches that found one with five points.</summary>
    public int Alignable => _alignable;

    /// <summary>Looks at a treated picture.</summary>
    public void Look(PixelBuffer treated, Region region, CancellationToken cancel)
    {
        var finder = _idle.TryTake(out var idle) ? idle : detector.Create();
        try
        {
            using var laid = layout == ArchiveLayout.Aligned ? OnGrey(treated) : null;
            var place = laid is null ? region.Box : new Box(laid.Width / 4f, laid.Height / 4f, laid.Width * 3 / 4f, laid.Height * 3 / 4f);
            var faces = finder.Detect(laid ?? treated, cancel).Where(found => found.Kind == RegionKind.Face && IsIn(found.Box, place)).ToList();
            if (faces.Count > 0)
            {
                Interlocked.Increment(ref _found);
            }

            if (faces.Exists(face => face.Landmarks is not null))
            {
                Interlocked.Increment(ref _alignable);
            }
        }
        finally
        {
            _idle.Add(finder);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var finder))
        {
            finder.Dispose();
        }
    }

    private static bool IsIn(Box found, Box place) =>
        found.CenterX >= place.Left && found.CenterX <= place.Right && found.CenterY >= place.Top && found.CenterY <= place.Bottom
        && found.LongSide >= SmallestSide * place.LongSide;

    private static PixelBuffer OnGrey(PixelBuffer crop)
    {
        var (width, height) = (crop.Width * Enlargement, crop.Height * Enlargement);
        var laid = new PixelBuffer(2 * width, 2 * height, PixelFormat.Rgb24);
        laid.Span.Fill(Grey);
        var middle = laid.View(new PixelRect(width / 2, height / 2, (width / 2) + width, (height / 2) + height));
        Resampler.Apply(crop.Span, crop.Stride, crop.Width, crop.Height, middle.Span, middle.Stride, width, height, 3, Resampling.Bilinear);
        return laid;
    }
}
