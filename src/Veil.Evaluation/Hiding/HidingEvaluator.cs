using System.Diagnostics;
using Veil.Detection;
using Veil.Evaluation.Detection;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Hiding;

/// <summary>
/// Measures what privacy asks of a detector: how much of what is marked would be covered, after the policy's growth. Counts
/// as hidden from 0.9 of the marked box's area on, which leaves room for marks that are drawn loosely. Not thread-safe.
/// </summary>
/// <param name="policy">How found regions become covered pixels.</param>
public sealed class HidingEvaluator(RegionPolicy policy)
{
    private const double MostOfIt = 0.9;
    private const float SameObject = 0.5f;

    private static readonly (float From, float Below)[] Sizes = [(0, 16), (16, 24), (24, 32), (32, 64), (64, float.PositiveInfinity)];

    private readonly List<(float Height, bool Found, bool Hidden)> _marked = [];
    private int _pictures;
    private int _wrong;
    private double _covered;
    private double _pixels;

    /// <summary>Measures a detector, one picture after another on the calling thread.</summary>
    /// <param name="pictures">Marked pictures.</param>
    /// <param name="detector">Finds the marked kind.</param>
    /// <param name="decode">Reads a file as upright <see cref="PixelFormat.Rgb24"/> pixels, which are disposed here.</param>
    /// <param name="policy">How found regions become covered pixels.</param>
    /// <param name="progress">Told after each picture.</param>
    /// <param name="cancellationToken">Stops between pictures and inferences.</param>
    /// <exception cref="Errors.VeilException">A picture or the detector failed: a measurement with gaps would mislead.</exception>
    public static HidingAccuracy Run(
        IReadOnlyList<MarkedBoxes> pictures, IRegionDetector detector, Func<string, PixelBuffer> decode, RegionPolicy policy,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(decode);
        var evaluator = new HidingEvaluator(policy);
        var detecting = TimeSpan.Zero;
        for (var i = 0; i < pictures.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var picture = decode(pictures[i].File);
            var start = Stopwatch.GetTimestamp();
            var found = detector.Detect(picture, cancellationToken);
            detecting += Stopwatch.GetElapsedTime(start);
            evaluator.Add(pictures[i].Boxes, found, picture.Width, picture.Height);
            progress?.Report(new EvaluationProgress(i + 1, pictures.Count));
        }

        return evaluator.Evaluate() with { DetectionMilliseconds = detecting.TotalMilliseconds / pictures.Count };
    }

    /// <summary>Adds a picture.</summary>
    /// <param name="marked">What is marked in it.</param>
    /// <param name="found">What was found in it.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    public void Add(IReadOnlyList<Box> marked, IReadOnlyList<Region> found, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(marked);
        ArgumentNullException.ThrowIfNull(found);
        var picture = new PixelRect(0, 0, width, height);
        var mask = found.Aggregate<Region, RegionMask?>(
            null, (all, region) => policy.Cover(region, width, height)?.Mask is { } one ? all?.Union(one) ?? one : all);
        foreach (var box in marked)
        {
            var area = box.ToPixels().Intersect(picture);
            _marked.Add((box.Height, found.Any(region => region.Box.IoU(box) >= SameObject), !area.IsEmpty && Covered(mask, area) >= MostOfIt * area.Width * area.Height));
        }

        _pictures++;
        _wrong += found.Count(region => !marked.Any(box => !box.Intersect(region.Box).IsEmpty));
        _covered += Covered(mask, picture);
        _pixels += (double)width * height;
    }

    /// <summary>The figures over all pictures added.</summary>
    /// <exception cref="InvalidOperationException">No picture was added.</exception>
    public HidingAccuracy Evaluate() => _pictures == 0
        ? throw new InvalidOperationException("Expected at least one picture before evaluating.")
        : new HidingAccuracy
        {
            Pictures = _pictures,
            Sizes = [.. Sizes.Prepend((From: 0, Below: float.PositiveInfinity)).Select(BySize).Where(size => size.Marked > 0)],
            WrongPerPicture = (double)_wrong / _pictures,
            CoveredShare = _covered / _pixels,
            Megapixels = _pixels / _pictures / 1e6,
        };

    private HidingBySize BySize((float From, float Below) size)
    {
        var those = _marked.Where(one => one.Height >= size.From && one.Height < size.Below).ToList();
        var name = size switch
        {
            (0, float.PositiveInfinity) => "all",
            (_, float.PositiveInfinity) => FormattableString.Invariant($"{size.From}+"),
            _ => FormattableString.Invariant($"{size.From}-{size.Below}"),
        };
        return new HidingBySize(name, those.Count, Share(those.Count(one => one.Found)), Share(those.Count(one => one.Hidden)));

        double Share(int count) => those.Count == 0 ? 0 : (double)count / those.Count;
    }

    /// <summary>Pixels of an area that are covered for sure; soft edges do not count.</summary>
    private static long Covered(RegionMask? mask, PixelRect area)
    {
        var both = mask?.Bounds.Intersect(area) ?? default;
        var count = 0L;
        for (var y = both.Top; y < both.Bottom && !both.IsEmpty; y++)
        {
            count += mask!.Row(y)[(both.Left - mask.Bounds.Left)..(both.Right - mask.Bounds.Left)].Count(byte.MaxValue);
        }

        return count;
    }
}
