namespace Veil.Evaluation.Coco;

/// <summary>The settings of COCO's evaluation (cocoapi, cocoeval.py, Params). Immutable.</summary>
public sealed class CocoProtocol
{
    /// <summary>Distance from 1 to the next number, which the reference adds to denominators.</summary>
    internal const double Spacing = 2.220446049250313e-16;

    /// <summary>Places on the curve of precision over recall: 0, 0.01 … 1.</summary>
    internal const int RecallPoints = 101;

    /// <summary>Index of the threshold 0.5.</summary>
    internal const int Half = 0;

    /// <summary>Index of the threshold 0.75.</summary>
    internal const int ThreeQuarters = 5;

    private const double Largest = 1e5 * 1e5;
    private const double SmallBelow = 32 * 32;
    private const double LargeFrom = 96 * 96;

    private CocoProtocol(IReadOnlyDictionary<CocoSize, (double Least, double Most)> sizes, IReadOnlyList<int> limits) => (Sizes, Limits) = (sizes, limits);

    /// <summary>Boxes and masks: all, small, medium and large objects; at most 1, 10 and 100 findings a picture.</summary>
    public static CocoProtocol Objects { get; } = new(
        new Dictionary<CocoSize, (double, double)>
        {
            [CocoSize.All] = (0, Largest), [CocoSize.Small] = (0, SmallBelow), [CocoSize.Medium] = (SmallBelow, LargeFrom), [CocoSize.Large] = (LargeFrom, Largest),
        },
        [1, 10, 100]);

    /// <summary>Poses: all, medium and large people; at most 20 findings a picture.</summary>
    public static CocoProtocol Poses { get; } = new(
        new Dictionary<CocoSize, (double, double)> { [CocoSize.All] = (0, Largest), [CocoSize.Medium] = (SmallBelow, LargeFrom), [CocoSize.Large] = (LargeFrom, Largest) },
        [20]);

    /// <summary>Overlaps from which something counts as found: 0.5, 0.55 … 0.95, bit for bit as the reference has them.</summary>
    public static IReadOnlyList<double> Thresholds { get; } = Evenly(0.5, 0.95, 10);

    /// <summary>Areas of the sizes that are told apart, square pixels, ends included.</summary>
    public IReadOnlyDictionary<CocoSize, (double Least, double Most)> Sizes { get; }

    /// <summary>Numbers of strongest findings that recall is measured with, rising; with the last one all the rest is.</summary>
    public IReadOnlyList<int> Limits { get; }

    /// <summary>Levels of recall at which precision is read.</summary>
    internal static double[] Recalls { get; } = Evenly(0, 1, RecallPoints);

    /// <summary>The most findings of a picture that take part.</summary>
    internal int MostFindings => Limits[^1];

    /// <summary>As numpy.linspace spaces them, rounding errors included: an overlap may lie exactly on a threshold.</summary>
    private static double[] Evenly(double from, double to, int count)
    {
        var step = (to - from) / (count - 1);
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (i * step) + from;
        }

        values[^1] = to;
        return values;
    }
}

/// <summary>Sizes of objects, by the area of their annotation.</summary>
public enum CocoSize
{
    /// <summary>Any.</summary>
    All,

    /// <summary>Up to 32² square pixels.</summary>
    Small,

    /// <summary>From 32² to 96².</summary>
    Medium,

    /// <summary>From 96².</summary>
    Large,
}
