using System.Text.Json.Serialization;
using Veil.Anonymization;
using Veil.Evaluation.Reidentification;
using Veil.Evaluation.Statistics;

namespace Veil.Evaluation.Strangers;

/// <summary>
/// How much generated faces look like people of a folder, beside how much these people look like each other. A generator that learned
/// its people by heart would show here: its faces would be nearer to somebody than strangers are.
/// </summary>
/// <param name="Network">Id of the recognition network whose cosines these are.</param>
/// <param name="Generated">Of each generated face, the cosine of the folder's most similar face.</param>
/// <param name="Strangers">Of each person's first face, the cosine of the most similar face of anybody else.</param>
/// <param name="SamePerson">From this cosine on the network takes two faces for one person's; null where that is not known.</param>
/// <param name="SameAsGenerated">Generated faces that it takes for somebody of the folder.</param>
/// <param name="SameAsStranger">People that it takes for somebody else of the folder.</param>
/// <param name="Nearer">The chance that a generated face drawn at random is nearer to somebody than a person drawn at random is to a stranger (Mann and Whitney, 1947): one half where there is no difference.</param>
/// <param name="ExpectedMost">The highest cosine among as many people drawn as there are generated faces: the median over draws, with replacement.</param>
/// <param name="MostByStrangers">Share of draws in which strangers are at least as near as the nearest generated face is.</param>
/// <param name="Nearest">The generated faces that are nearest to somebody, with whom.</param>
public sealed record StrangerLikeness(
    string Network, CosineSpread Generated, CosineSpread Strangers, double? SamePerson, ShareInterval SameAsGenerated, ShareInterval SameAsStranger, double Nearer, double ExpectedMost,
    double MostByStrangers, IReadOnlyList<StrangerPair> Nearest)
{
    private const int Draws = 2000;
    private const int MostNamed = 10;

    /// <summary>True where generated faces are nearer to people than people are to strangers: in the typical case, or in the worst.</summary>
    [JsonIgnore]
    public bool IsTooNear => Generated.Median > Strangers.High || MostByStrangers < 0.05;

    /// <summary>Compares.</summary>
    /// <param name="network">Its id.</param>
    /// <param name="gallery">The folder's faces: name, person, unit vector. Two people or more.</param>
    /// <param name="generated">Generated faces: name, unit vector. At least one.</param>
    /// <param name="samePerson">From this cosine on it takes two faces for one person's; null where that is not known.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException">Too few.</exception>
    public static StrangerLikeness Of(
        string network, IReadOnlyList<(string Name, int Person, float[] Vector)> gallery, IReadOnlyList<(string Name, float[] Vector)> generated, double? samePerson, int seed)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        ArgumentNullException.ThrowIfNull(generated);
        if (gallery.DistinctBy(face => face.Person).Count() < 2 || generated.Count == 0)
        {
            throw new ArgumentException($"Expected two people or more and a generated face, but received {gallery.Count} faces and {generated.Count} generated ones.");
        }

        var strangers = gallery.DistinctBy(face => face.Person).AsParallel().AsOrdered().Select(face => Nearest(face.Vector, face.Person).Cosine).ToList();
        var nearest = generated.AsParallel().AsOrdered().Select(face => (face.Name, Match: Nearest(face.Vector, null))).Select(one => new StrangerPair(one.Name, one.Match.Name, one.Match.Cosine)).ToList();
        var cosines = nearest.Select(pair => pair.Cosine).ToList();
        var (most, maxima) = (cosines.Max(), Maxima(strangers, cosines.Count, seed));
        return new StrangerLikeness(
            network, CosineSpread.Of(cosines), CosineSpread.Of(strangers), samePerson, Same(cosines), Same(strangers), Above(cosines, strangers), maxima[Draws / 2],
            (double)maxima.Count(value => value >= most) / Draws, [.. nearest.OrderByDescending(pair => pair.Cosine).Take(MostNamed)]);

        (string Name, double Cosine) Nearest(float[] vector, int? person)
        {
            var best = (Name: "", Cosine: double.NegativeInfinity);
            foreach (var face in gallery)
            {
                if (face.Person != person && -FaceDistance.Cosine.Between(vector, face.Vector) is var cosine && cosine > best.Cosine)
                {
                    best = (face.Name, cosine);
                }
            }

            return best;
        }

        ShareInterval Same(List<double> values) => new(values.Count(value => value >= samePerson), samePerson is null ? 0 : values.Count);
    }

    private static double Above(List<double> values, List<double> others)
    {
        double[] sorted = [.. others.Order()];
        return values.Average(value =>
        {
            var (below, upTo) = (sorted.Count(other => other < value), sorted.Count(other => other <= value));
            return (below + upTo) / 2.0 / sorted.Length;
        });
    }

    private static List<double> Maxima(List<double> values, int count, int seed)
    {
        var random = new SplitMix64((ulong)seed);
        var maxima = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            var most = double.NegativeInfinity;
            for (var i = 0; i < count; i++)
            {
                most = Math.Max(most, values[random.Below(values.Count)]);
            }

            maxima.Add(most);
        }

        maxima.Sort();
        return maxima;
    }
}

/// <summary>How cosines are spread.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Median">Half of them are below.</param>
/// <param name="High">95 in 100 are below.</param>
/// <param name="Most">The highest.</param>
public sealed record CosineSpread(int Count, double Median, double High, double Most)
{
    internal static CosineSpread Of(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new CosineSpread(sorted.Length, sorted[sorted.Length / 2], sorted[(int)(0.95 * (sorted.Length - 1))], sorted[^1]);
    }
}

/// <summary>A generated face and whom it is most like.</summary>
/// <param name="Generated">Its name, e.g. its seed.</param>
/// <param name="Face">Name of the folder's face.</param>
/// <param name="Cosine">How alike, −1..1.</param>
public sealed record StrangerPair(string Generated, string Face, double Cosine);
