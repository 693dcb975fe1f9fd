using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Reidentification;

namespace Veil.Evaluation.Privacy.Verification;

/// <summary>
/// Measures how well an attacker tells whether an anonymized picture and one of his archive show the same person: every picture
/// is the probe once for every other one. All methods measured by one experiment meet the same pairs. Thread-safe.
/// </summary>
/// <remarks>
/// Pairs share people, so the intervals come from drawing people, not pairs, with replacement: the subsets bootstrap of Bolle,
/// Ratha and Pankanti, "Error analysis of pattern recognition systems" (2004). A person drawn twice counts twice; pairs of a
/// person with himself never become false ones. The threshold is found anew in each sample.
/// </remarks>
public sealed class VerificationExperiment
{
    // Of all false pairs so many, the nearest, are kept for the bootstrap: samples differ in where one in a hundred lies.
    private const double Kept = 0.03;

    private readonly int[] _people;
    private readonly int[] _picturesOf;
    private readonly List<(int Probe, int Gallery)> _genuine = [];
    private readonly VerificationProtocol _protocol;
    private readonly long _allImpostors;
    private readonly byte[][] _samples;

    /// <summary>Lists pairs and draws samples of people.</summary>
    /// <param name="identities">Who each picture shows: any numbers.</param>
    /// <param name="protocol">How to draw.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: no two pictures of anybody, or of one person only.</exception>
    public VerificationExperiment(IReadOnlyList<int> identities, VerificationProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(identities);
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentOutOfRangeException.ThrowIfLessThan(protocol.MostImpostors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(protocol.Resamples, 2);
        _protocol = protocol;
        var numbers = identities.Distinct().Select((person, index) => (person, index)).ToDictionary(one => one.person, one => one.index);
        _people = [.. identities.Select(person => numbers[person])];
        _picturesOf = new int[numbers.Count];
        foreach (var person in _people)
        {
            _picturesOf[person]++;
        }

        foreach (var pictures in Enumerable.Range(0, _people.Length).GroupBy(picture => _people[picture]).Select(group => group.ToArray()))
        {
            _genuine.AddRange(from probe in pictures from gallery in pictures where probe != gallery select (probe, gallery));
        }

        _allImpostors = ((long)_people.Length * _people.Length) - _picturesOf.Sum(count => (long)count * count);
        if (_genuine.Count == 0 || _allImpostors == 0)
        {
            throw new VeilException(
                VeilErrorCode.InvalidGroundTruth, $"Expected two people or more, and two pictures of one of them, but received {_people.Length} pictures of {numbers.Count}.",
                "Give each person a folder with two pictures or more.");
        }

        _samples = Draw(numbers.Count, protocol);
    }

    private int Impostors => (int)Math.Min(_allImpostors, _protocol.MostImpostors);

    /// <summary>Compares every pair.</summary>
    /// <param name="probes">What the attacker computes from each picture when it is the probe, in the order of the identities. A vector with NaN is never accepted before all others.</param>
    /// <param name="gallery">What he computes from each picture of his archive; the same list when both are treated alike.</param>
    /// <param name="distance">How he compares them.</param>
    /// <exception cref="ArgumentException">The lists do not have one vector per picture.</exception>
    public VerificationResult Measure(IReadOnlyList<float[]> probes, IReadOnlyList<float[]> gallery, FaceDistance distance)
    {
        ArgumentNullException.ThrowIfNull(probes);
        ArgumentNullException.ThrowIfNull(gallery);
        if (probes.Count != _people.Length || gallery.Count != _people.Length)
        {
            throw new ArgumentException($"Expected {_people.Length} vectors each, but received {probes.Count} probes and {gallery.Count} in the gallery.", nameof(probes));
        }

        var genuine = new float[_genuine.Count];
        for (var i = 0; i < genuine.Length; i++)
        {
            genuine[i] = Distance(probes[_genuine[i].Probe], gallery[_genuine[i].Gallery], distance);
        }

        var impostors = new float[Impostors];
        var at = 0;
        foreach (var (probe, other) in ImpostorPairs())
        {
            impostors[at++] = Distance(probes[probe], gallery[other], distance);
        }

        var curve = new RocCurve([.. genuine], [.. impostors]);
        var bootstrap = new PeopleBootstrap(_picturesOf, _samples, (double)Impostors / _allImpostors);
        bootstrap.TakeGenuine(genuine, _genuine.ConvertAll(pair => _people[pair.Probe]));
        bootstrap.TakeImpostors(Nearest(impostors, curve.Threshold(Kept)));
        return new VerificationResult(At(0.01), At(0.001), curve.EqualError(), genuine.Length, impostors.Length);

        AcceptedShare? At(double falseAccepts) => impostors.Length * falseAccepts < 1 ? null
            : new AcceptedShare(curve.TrueAccepts(falseAccepts), 1.96 * bootstrap.Deviation(falseAccepts));
    }

    private static float Distance(float[] probe, float[] gallery, FaceDistance distance)
    {
        var between = distance.Between(probe, gallery);
        return float.IsNaN(between) ? float.PositiveInfinity : between;
    }

    private IEnumerable<(float Distance, int Probe, int Gallery)> Nearest(float[] distances, float farthest)
    {
        var at = 0;
        foreach (var (probe, gallery) in ImpostorPairs())
        {
            var distance = distances[at++];
            if (distance <= farthest)
            {
                yield return (distance, _people[probe], _people[gallery]);
            }
        }
    }

    /// <summary>All of them or, where these are too many, as many as the protocol allows, drawn with replacement; always the same ones.</summary>
    private IEnumerable<(int Probe, int Gallery)> ImpostorPairs()
    {
        if (_allImpostors <= _protocol.MostImpostors)
        {
            for (var probe = 0; probe < _people.Length; probe++)
            {
                for (var gallery = 0; gallery < _people.Length; gallery++)
                {
                    if (_people[probe] != _people[gallery])
                    {
                        yield return (probe, gallery);
                    }
                }
            }

            yield break;
        }

        var random = new SplitMix64((ulong)_protocol.Seed);
        for (var drawn = 0; drawn < _protocol.MostImpostors;)
        {
            var (probe, gallery) = (random.Below(_people.Length), random.Below(_people.Length));
            if (_people[probe] != _people[gallery])
            {
                drawn++;
                yield return (probe, gallery);
            }
        }
    }

    /// <summary>How often each person is drawn in each sample.</summary>
    private static byte[][] Draw(int people, VerificationProtocol protocol)
    {
        var random = new SplitMix64(SplitMix64.Combine((ulong)protocol.Seed, 2));
        var samples = new byte[protocol.Resamples][];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = new byte[people];
            for (var drawn = 0; drawn < people; drawn++)
            {
                // Nobody is drawn 255 times in earnest: with so few people everybody is drawn a few times.
                ref var count = ref samples[i][random.Below(people)];
                count = (byte)Math.Min(count + 1, byte.MaxValue);
            }
        }

        return samples;
    }
}
