using System.Collections.Immutable;
using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class LatentTests
{
    [Fact]
    public void Free_latents_are_normal_and_each_persons_own()
    {
        var all = Enumerable.Range(0, 300).SelectMany(seed => Sample(LatentSampling.Free, 1, seed)).ToList();
        Assert.InRange(all.Average(), -0.05, 0.05);
        Assert.InRange(all.Average(number => number * number), 0.93, 1.07);
        Assert.NotEqual(Sample(LatentSampling.Free, 1, 1), Sample(LatentSampling.Free, 1, 2));
        Assert.Equal(Sample(LatentSampling.Free, 1, 1), Sample(LatentSampling.Free, 1, 1));
    }

    [Fact]
    public void Truncation_goes_towards_the_mean()
    {
        var (whole, half, none) = (Sample(LatentSampling.Free, 1, 5), Sample(LatentSampling.Free, 0.5f, 5), Sample(LatentSampling.Free, 0, 5));
        Assert.Equal(whole.Select(number => number / 2), half);
        Assert.All(none, number => Assert.Equal(0, number));
    }

    [Fact]
    public void Single_mode_is_the_mean_for_all() =>
        Assert.All(Enumerable.Range(0, 9).SelectMany(seed => Sample(LatentSampling.SingleMode, 1, seed)), number => Assert.Equal(0, number));

    [Fact]
    public void Multi_mode_is_one_of_a_few_the_same_for_every_seed()
    {
        var seen = Enumerable.Range(0, 400).Select(seed => string.Join(' ', Sample(LatentSampling.MultiMode, 1, seed))).ToHashSet();
        Assert.Equal(LatentSampler.Modes, seen.Count);
    }

    [Fact]
    public void A_search_finds_a_near_optimum_and_says_how_far_it_came()
    {
        ImmutableArray<float> start = [.. Enumerable.Repeat(0.5f, 8)];
        var match = LatentSearch.Find(start, Bowl, new SplitMix64(3));
        Assert.Equal(Bowl(start), match.Start);
        Assert.Equal(Bowl(match.Latent), match.Loss);
        Assert.True(match.Loss < match.Start / 3);
        Assert.InRange(match.Steps, 1, LatentSearch.MostSteps);
        Assert.Equal(match.Latent.ToArray(), LatentSearch.Find(start, Bowl, new SplitMix64(3)).Latent.ToArray());

        static float Bowl(ImmutableArray<float> latent) => latent.Sum(number => (number + 0.3f) * (number + 0.3f));
    }

    [Fact]
    public void A_search_stops_at_a_good_start_and_after_a_hundred_steps()
    {
        Assert.Equal(0, LatentSearch.Find([1, 2], _ => 0.019f, new SplitMix64(1)).Steps);
        Assert.Equal(100, LatentSearch.Find([1, 2], _ => 0.02f, new SplitMix64(1)).Steps);
    }

    [Fact]
    public void A_search_stays_where_latents_are()
    {
        var match = LatentSearch.Find([0, 0, 0, 0], latent => 1000 - latent.Sum(), new SplitMix64(1));
        Assert.InRange(match.Latent.Sum(number => number * number), 0, 4.001f);
    }

    private static float[] Sample(LatentSampling sampling, float truncation, int seed)
    {
        var random = new SplitMix64((ulong)seed);
        return new LatentSampler(sampling, truncation).Sample(33, ref random).ToArray();
    }
}
