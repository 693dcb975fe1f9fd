using Veil.Anonymization;

namespace Veil.Evaluation.Utility;

/// <summary>Takes the same share of every class out of the training pictures, at random (Kohavi, A Study of Cross-Validation and Bootstrap, 1995).</summary>
internal static class StratifiedSplit
{
    /// <summary>Positions to train on and positions to validate with, both ascending, without overlap; at least one of each class in both.</summary>
    /// <param name="labels">The class of each picture.</param>
    /// <param name="contents">The content of each picture, two of each class or more: copies of one are kept on the same side, for one that was trained on tells nothing.</param>
    /// <param name="share">Of each class' contents, to validate with.</param>
    /// <param name="seed">Decides which.</param>
    public static (int[] Train, int[] Validation) Of(IReadOnlyList<int> labels, IReadOnlyList<string> contents, double share, int seed)
    {
        var validation = new SortedSet<int>();
        var random = new SplitMix64(SplitMix64.Combine((ulong)seed, 0x5711));
        foreach (var own in Enumerable.Range(0, labels.Count).GroupBy(index => labels[index]).OrderBy(group => group.Key))
        {
            int[][] order = [.. own.GroupBy(index => contents[index]).Select(copies => copies.ToArray())];
            Shuffle<int[]>(order, ref random);
            var taken = Math.Clamp((int)Math.Round(share * order.Length, MidpointRounding.AwayFromZero), 1, order.Length - 1);
            validation.UnionWith(order[..taken].SelectMany(copies => copies));
        }

        return ([.. Enumerable.Range(0, labels.Count).Where(index => !validation.Contains(index))], [.. validation]);
    }

    /// <summary>Fisher and Yates.</summary>
    public static void Shuffle<T>(Span<T> order, ref SplitMix64 random)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
