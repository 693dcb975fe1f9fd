using System.Runtime.InteropServices;

namespace Veil.Evaluation.Privacy.Verification;

/// <summary>The share of true pairs accepted in samples of people: see <see cref="VerificationExperiment"/>.</summary>
/// <param name="picturesOf">Pictures of each person.</param>
/// <param name="samples">How often each person is drawn, sample by sample.</param>
/// <param name="drawn">Share of all false pairs that were compared, 0..1.</param>
internal sealed class PeopleBootstrap(int[] picturesOf, byte[][] samples, double drawn)
{
    private List<(float Distance, int First, int Second, int Count)> _genuine = [];
    private List<(float Distance, int First, int Second, int Count)> _impostors = [];

    public void TakeGenuine(float[] distances, IReadOnlyList<int> people)
    {
        _genuine = [.. distances.Select((distance, i) => (distance, people[i], people[i], 1))];
        _genuine.Sort((a, b) => a.Distance.CompareTo(b.Distance));
    }

    /// <summary>Takes the nearest false pairs, all of those at any one distance.</summary>
    public void TakeImpostors(IEnumerable<(float Distance, int First, int Second)> nearest)
    {
        // Tied pairs of the same two people are counted together: where a method leaves little, millions are tied.
        var counts = new Dictionary<(float, int, int), int>();
        foreach (var key in nearest)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
        }

        _impostors = [.. counts.Select(one => (one.Key.Item1, one.Key.Item2, one.Key.Item3, one.Value))];
        _impostors.Sort((a, b) => a.Distance.CompareTo(b.Distance));
    }

    /// <summary>Standard deviation over samples of the share of true pairs accepted.</summary>
    /// <param name="falseAccepts">At this share of false ones.</param>
    public double Deviation(double falseAccepts)
    {
        var shares = samples.AsParallel().AsOrdered().Select(sample => Share(sample, falseAccepts)).OfType<double>().ToList();
        if (shares.Count < 2)
        {
            return 0;
        }

        var mean = shares.Average();
        return Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / (shares.Count - 1));
    }

    /// <summary>Null for a sample of a single person.</summary>
    private double? Share(byte[] sample, double falseAccepts)
    {
        var (pictures, own, genuine) = (0.0, 0.0, 0.0);
        for (var person = 0; person < sample.Length; person++)
        {
            var (weight, count) = ((double)sample[person], (double)picturesOf[person]);
            pictures += weight * count;
            own += weight * count * weight * count;
            genuine += weight * count * (count - 1);
        }

        var wanted = falseAccepts * drawn * ((pictures * pictures) - own);
        if (wanted <= 0 || genuine <= 0)
        {
            return null;
        }

        var (before, at, index) = (0.0, 0.0, 0);
        var threshold = float.NegativeInfinity;
        for (; index < _impostors.Count && (before + at < wanted || _impostors[index].Distance == threshold); index++)
        {
            var (distance, first, second, count) = _impostors[index];
            if (distance != threshold)
            {
                (before, at, threshold) = (before + at, 0, distance);
            }

            at += (double)sample[first] * sample[second] * count;
        }

        var (below, tied) = (0.0, 0.0);
        foreach (var (distance, person, _, _) in _genuine)
        {
            if (distance > threshold)
            {
                break;
            }

            (below, tied) = distance < threshold ? (below + sample[person], tied) : (below, tied + sample[person]);
        }

        return (below + (tied * (at > 0 ? Math.Clamp((wanted - before) / at, 0, 1) : 1))) / genuine;
    }
}
