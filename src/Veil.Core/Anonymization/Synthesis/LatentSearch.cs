using System.Collections.Immutable;

namespace Veil.Anonymization.Synthesis;

/// <summary>What a search found.</summary>
/// <param name="Latent">The best latent.</param>
/// <param name="Steps">How many latents were tried beside the first.</param>
/// <param name="Start">The loss of the first.</param>
/// <param name="Loss">The loss of the best.</param>
internal readonly record struct LatentMatch(ImmutableArray<float> Latent, int Steps, float Start, float Loss);

/// <summary>
/// Looks for a latent with a small loss, without gradients: an evolution strategy with one parent and one child whose steps
/// grow after a success and shrink after a failure, so that about one in five succeeds (Rechenberg, Evolutionsstrategie, 1973;
/// the rule as Kern et al. state it, 2004). The same start and random numbers give the same result.
/// </summary>
internal static class LatentSearch
{
    /// <summary>Latents tried, at most.</summary>
    public const int MostSteps = 100;

    /// <summary>The search ends below this loss.</summary>
    public const float GoodEnough = 0.02f;

    private const float FirstStep = 0.3f;
    private const float SmallestStep = 1e-3f;

    // A success and four failures leave the step as it is.
    private static readonly float Growth = MathF.Exp(1 / 3f);
    private static readonly float Shrinking = MathF.Exp(-1 / 12f);

    /// <summary>Searches.</summary>
    /// <param name="start">Where it begins; not empty.</param>
    /// <param name="loss">To be made small; finite.</param>
    /// <param name="random">Decides the tries.</param>
    public static LatentMatch Find(ImmutableArray<float> start, Func<ImmutableArray<float>, float> loss, SplitMix64 random)
    {
        // Further out than latents lie, a generator was never trained.
        var farthest = MathF.Max(Norm(start.AsSpan()), MathF.Sqrt(start.Length));
        var (best, least) = (start, loss(start));
        var (first, step, tried) = (least, FirstStep, 0);
        var child = new float[start.Length];
        for (; tried < MostSteps && least >= GoodEnough; tried++)
        {
            LatentSampler.Normal(child, ref random);
            for (var i = 0; i < child.Length; i++)
            {
                child[i] = best[i] + (step * child[i]);
            }

            var scale = Math.Min(1, farthest / Math.Max(Norm(child), float.Epsilon));
            var candidate = ImmutableArray.Create(child.Select(number => number * scale).ToArray());
            var reached = loss(candidate);
            (best, least, step) = reached < least ? (candidate, reached, step * Growth) : (best, least, MathF.Max(SmallestStep, step * Shrinking));
        }

        return new LatentMatch(best, tried, first, least);
    }

    private static float Norm(ReadOnlySpan<float> numbers)
    {
        var sum = 0f;
        foreach (var number in numbers)
        {
            sum += number * number;
        }

        return MathF.Sqrt(sum);
    }
}
