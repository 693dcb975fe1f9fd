using Veil.Anonymization;

namespace Veil.Evaluation.Utility;

/// <summary>Takes the same share of every class out of the training pictures, at random (Kohavi, A Study of Cross-Validation and Bootstrap, 1995).</summary>
internal static class StratifiedSplit
{
    /// <summary>Positions to train on and positions to validate with, both ascending, without overlap; at least one of each class in both.</summary>
    /// <param name="labels">The class of each picture; two of each class or more.</param>
    /// <param name="share">Of each class, to validate with.</param>
    /// <param name="seed">Decides which.</param>
    public static (int[] Train, int[] Validation) Of(IReadOnlyList<int> labels, double share, int seed)
    {
        var validation = new SortedSet<int>();
        var random = new SplitMix64(SplitMix64.Combine((ulong)seed, 0x5711));
        foreach (var own in Enumerable.Range(0, labels.Count).GroupBy(index => labels[index]).OrderBy(group => group.Key))
        {
            int[] order = [.. own];
            Shuffle(order, ref random);
            validation.UnionWith(order[..Math.Clamp((int)Math.Round(share * order.Length, MidpointRounding.AwayFromZero), 1, order.Length - 1)]);
        }

        return ([.. Enumerable.Range(0, labels.Count).Where(index => !validation.Contains(index))], [.. validation]);
    }

    /// <summary>Fisher and Yates.</summary>
    public static void Shuffle(Span<int> order, ref SplitMix64 random)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
