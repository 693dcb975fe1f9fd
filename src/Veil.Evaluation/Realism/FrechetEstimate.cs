using Veil.Anonymization;
using Veil.Evaluation.Runs;

namespace Veil.Evaluation.Realism;

/// <summary>
/// The Fréchet distance of treated pictures from originals of other people, and what it would be of very many. No picture is compared
/// with its own original: that would say how alike the two are, and give 0 for whoever changes nothing.
/// </summary>
/// <param name="Distance">Between as many pictures as <paramref name="Size"/> says, on either side: biased upwards, comparable only with others of that size.</param>
/// <param name="Unlimited">
/// What is left when the bias is taken away: the distance falls about as a straight line over one by the number of pictures, and this is
/// where the line ends (Chong and Forsyth, Effectively unbiased FID and Inception Score, 2020). May fall below 0.
/// </param>
/// <param name="Margin">Half the width of the 95 % interval of <paramref name="Unlimited"/>, by leaving out a tenth of the people at a time.</param>
/// <param name="DistanceMargin">The same of <paramref name="Distance"/>.</param>
/// <param name="Size">Pictures on either side.</param>
/// <param name="Thinned"><paramref name="Distance"/> with each tenth of the people left out, in the same order for all estimates on the same pictures.</param>
public sealed record FrechetEstimate(double Distance, double Unlimited, double Margin, double DistanceMargin, int Size, IReadOnlyList<double> Thinned)
{
    /// <summary>Ways to divide people in two, over which distances are averaged.</summary>
    private const int Splits = 4;

    /// <summary>Parts of the half that distances are taken of.</summary>
    private static readonly double[] Parts = [0.4, 0.6, 0.8, 1];

    private const int Blocks = 10;

    /// <summary>Fewest groups: below it a half of what is left has hardly anybody.</summary>
    public const int FewestGroups = 20;

    /// <summary>Estimates it.</summary>
    /// <param name="treated">Vectors of treated faces.</param>
    /// <param name="originals">Of the same faces as they were, in the same order.</param>
    /// <param name="groups">Who or which picture each is of: all of a group are on one side.</param>
    /// <param name="seed">Of the divisions: the same for all that is to be compared.</param>
    /// <param name="threads">1 or more.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ArgumentException">Fewer than <see cref="FewestGroups"/> groups, or not as many of each.</exception>
    public static FrechetEstimate Of(
        IReadOnlyList<float[]> treated, IReadOnlyList<float[]> originals, IReadOnlyList<int> groups, int seed, int threads, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(originals);
        ArgumentNullException.ThrowIfNull(groups);
        int[] people = [.. groups.Distinct()];
        if (people.Length < FewestGroups || treated.Count != groups.Count || originals.Count != groups.Count)
        {
            throw new ArgumentException($"Expected vectors of {FewestGroups} groups or more, as many treated ones as originals, but received {people.Length} groups, {treated.Count} and {originals.Count}.");
        }

        var products = new FeatureProducts(treated, originals);
        var faces = groups.Select((group, index) => (group, index)).ToLookup(one => one.group, one => one.index);

        // Divided once and then thinned, so that leaving somebody out changes nothing else.
        var orders = Enumerable.Range(0, Splits).Select(split => Shuffle(people, SplitMix64.Combine((ulong)seed, (ulong)split + 1))).ToList();
        var block = Shuffle(people, SplitMix64.Combine((ulong)seed, 0)).Select((group, index) => (group, index)).ToDictionary(one => one.group, one => one.index % Blocks);
        var estimates = new (double Distance, double Unlimited, int Size)[Blocks + 1];
        ParallelWork.For(estimates.Length, threads, left =>
        {
            // The last one leaves nobody out.
            var halves = orders.Select(order => (First: Half(order, 0, left), Second: Half(order, 1, left))).ToList();
            estimates[left] = Estimate(products, halves, cancel);
        }, cancel);
        var (whole, thinned) = (estimates[Blocks], estimates[..Blocks]);
        double[] distances = [.. thinned.Select(one => one.Distance)];
        return new FrechetEstimate(whole.Distance, whole.Unlimited, Jackknife([.. thinned.Select(one => one.Unlimited)]), Jackknife(distances), whole.Size, distances);

        int[] Half(int[] order, int half, int left) => [.. order.Where((group, index) => index % 2 == half && block[group] != left).SelectMany(group => faces[group])];
    }

    /// <summary>
    /// How much farther than other originals: the difference of distances between equally many pictures, divided alike, whose bias is
    /// about the same.
    /// </summary>
    /// <param name="floor">Of the originals themselves, on the same pictures.</param>
    /// <returns>The difference, and half the width of its 95 % interval.</returns>
    public (double Difference, double Margin) Above(FrechetEstimate floor)
    {
        ArgumentNullException.ThrowIfNull(floor);
        return (Distance - floor.Distance, Jackknife([.. Thinned.Zip(floor.Thinned, (own, other) => own - other)]));
    }

    /// <summary>The grouped jackknife (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, 11.5).</summary>
    private static double Jackknife(double[] values)
    {
        var mean = values.Average();
        return Statistics.StudentT.TwoSidedQuantile(Blocks - 1) * Math.Sqrt((Blocks - 1.0) / Blocks * values.Sum(value => (value - mean) * (value - mean)));
    }

    private static (double Distance, double Unlimited, int Size) Estimate(FeatureProducts products, List<(int[] First, int[] Second)> halves, CancellationToken cancel)
    {
        var size = halves.Min(half => Math.Min(half.First.Length, half.Second.Length));
        var (line, distance) = (new List<(double Inverse, double Distance)>(), 0.0);
        foreach (var (first, second) in halves)
        {
            foreach (var part in Parts)
            {
                cancel.ThrowIfCancellationRequested();
                var count = Math.Max(2, (int)(part * size));
                var found = products.Distance(first.AsSpan(0, count), second.AsSpan(0, count));
                line.Add((1.0 / count, found));
                distance += count == size ? found / halves.Count : 0;
            }
        }

        return (distance, Intercept(line), size);
    }

    /// <summary>Where the line of least squares is at 0.</summary>
    private static double Intercept(List<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return y - (x * points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x)));
    }

    private static int[] Shuffle(int[] values, ulong seed)
    {
        var random = new SplitMix64(seed);
        int[] shuffled = [.. values];
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }

        return shuffled;
    }
}
