using Veil.Anonymization;
using Veil.Errors;

namespace Veil.Evaluation.Reidentification;

/// <summary>
/// Measures how often anonymized people are recognized. All methods measured by one experiment meet the same draws, so
/// that their figures can be compared. Thread-safe.
/// </summary>
public sealed class RankOneExperiment
{
    private readonly RankOneProtocol _protocol;
    private readonly int _pictures;
    private readonly int _people;
    private readonly List<Draw> _draws = [];

    /// <summary>Draws people and pictures.</summary>
    /// <param name="identities">Who each picture shows: any numbers. People with one picture take no part.</param>
    /// <param name="protocol">How to draw.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: too few people with two pictures.</exception>
    public RankOneExperiment(IReadOnlyList<int> identities, RankOneProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(identities);
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentOutOfRangeException.ThrowIfLessThan(protocol.People, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(protocol.Draws, 1);
        (_protocol, _pictures) = (protocol, identities.Count);
        int[][] people = [.. Enumerable.Range(0, identities.Count)
            .GroupBy(picture => identities[picture], (_, pictures) => pictures.ToArray())
            .Where(pictures => pictures.Length > 1)];
        _people = people.Length;
        if (people.Length < protocol.People)
        {
            throw new VeilException(
                VeilErrorCode.InvalidGroundTruth,
                $"Expected at least {protocol.People} people with two pictures or more, but received {people.Length}.",
                "Lower the number of people in a draw.");
        }

        var random = new SplitMix64((ulong)protocol.Seed);
        int[] order = [.. Enumerable.Range(0, people.Length)];
        for (var i = 0; i < protocol.Draws; i++)
        {
            _draws.Add(Draw.From(people, order, protocol.People, ref random));
        }
    }

    /// <summary>Looks up every probe in the gallery of its draw.</summary>
    /// <param name="probes">What the attacker computes from each picture when it is the probe, in the order of the identities.</param>
    /// <param name="gallery">What he computes from each picture when it is in the gallery; the same list when both are treated alike.</param>
    /// <param name="distance">How he compares them.</param>
    /// <exception cref="ArgumentException">The lists do not have one vector per picture.</exception>
    public RankOneResult Measure(IReadOnlyList<float[]> probes, IReadOnlyList<float[]> gallery, FaceDistance distance)
    {
        ArgumentNullException.ThrowIfNull(probes);
        ArgumentNullException.ThrowIfNull(gallery);
        if (probes.Count != _pictures || gallery.Count != _pictures)
        {
            throw new ArgumentException($"Expected {_pictures} vectors each, but received {probes.Count} probes and {gallery.Count} in the gallery.", nameof(probes));
        }

        var hits = new double[_people];
        var trials = new int[_people];
        foreach (var draw in _draws)
        {
            for (var i = 0; i < draw.People.Length; i++)
            {
                hits[draw.People[i]] += Hit(probes[draw.Probes[i]], gallery, draw.Gallery, i, distance);
                trials[draw.People[i]]++;
            }
        }

        return Summarize(hits, trials);
    }

    private static double Hit(float[] probe, IReadOnlyList<float[]> gallery, int[] pictures, int right, FaceDistance distance)
    {
        var own = distance.Between(probe, gallery[pictures[right]]);
        var ties = 0;
        foreach (var picture in pictures)
        {
            var other = distance.Between(probe, gallery[picture]);
            if (other < own)
            {
                return 0;
            }

            ties += other == own ? 1 : 0;
        }

        // A vector that is not a number compares with nothing, not even itself: not found.
        return ties == 0 ? 0 : 1.0 / ties;
    }

    private RankOneResult Summarize(double[] hits, int[] trials)
    {
        var probes = trials.Sum();
        var rate = hits.Sum() / probes;

        // Ratio estimator over people (Cochran, Sampling Techniques, 1977, 6.3); the rate is estimated from them too, hence n − 1.
        var people = trials.Count(count => count > 0);
        var squares = hits.Zip(trials, (hit, count) => hit - (rate * count)).Sum(residual => residual * residual);
        return new RankOneResult(rate, Math.Sqrt(squares * people / (people - 1)) / probes, 1.0 / _protocol.People, probes, people);
    }

    private sealed record Draw(int[] People, int[] Probes, int[] Gallery)
    {
        /// <param name="people">Everybody's pictures.</param>
        /// <param name="order">A permutation of everybody, shuffled further.</param>
        /// <param name="count">How many to take.</param>
        /// <param name="random">Goes on.</param>
        public static Draw From(int[][] people, int[] order, int count, ref SplitMix64 random)
        {
            var (probes, gallery) = (new int[count], new int[count]);
            for (var i = 0; i < count; i++)
            {
                // Fisher and Yates: the first so many of a shuffle.
                var other = i + random.Below(order.Length - i);
                (order[i], order[other]) = (order[other], order[i]);
                var pictures = people[order[i]];
                var first = random.Below(pictures.Length);
                var second = random.Below(pictures.Length - 1);
                (probes[i], gallery[i]) = (pictures[first], pictures[second < first ? second : second + 1]);
            }

            return new Draw(order[..count], probes, gallery);
        }
    }
}
