using System.Globalization;
using Veil.Evaluation.Privacy.Verification;
using Veil.Evaluation.Reidentification;

namespace Veil.Evaluation.Privacy;

/// <summary>Whether a network recognizes people in originals: if not, that it does not in treated pictures says nothing.</summary>
internal static class NetworkCheck
{
    // Without pairs: half the way from guessing to always right. Networks with published figures are near 1.
    private const double LeastOfTheWay = 0.5;

    public static NetworkSanity Of(RecognitionNetwork network, PairAccuracy? pairs, RankOneResult originals)
    {
        var clear = originals.Rate >= originals.Chance + (LeastOfTheWay * (1 - originals.Chance));
        if (pairs is not null && network.PublishedAccuracy is { } published)
        {
            // A short list of pairs may be unlucky.
            var near = pairs.Mean + (1.96 * pairs.StandardError) >= published - network.Tolerance;
            return new NetworkSanity(
                network.Id, pairs.Mean, pairs.StandardError, pairs.Pairs, published, network.Tolerance, originals.Rate, near && clear,
                string.Create(CultureInfo.InvariantCulture, $"{network.Name} tells {pairs.Mean:P2} of {pairs.Pairs} pairs of originals rightly; published are {published:P2} ({network.Source}), and {network.Tolerance:P1} less is allowed, beside the margin of {1.96 * pairs.StandardError:P2}. Rank-1 on originals is {originals.Rate:P1}."));
        }

        return new NetworkSanity(
            network.Id, pairs?.Mean, pairs?.StandardError ?? 0, pairs?.Pairs ?? 0, network.PublishedAccuracy, network.Tolerance, originals.Rate, clear,
            string.Create(CultureInfo.InvariantCulture, $"{network.Name}: without pairs to compare with published accuracy, rank-1 on originals must be half the way from chance ({originals.Chance:P2}) to 100 %; it is {originals.Rate:P1}."));
    }
}
