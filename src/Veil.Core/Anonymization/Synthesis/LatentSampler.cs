using System.Collections.Immutable;
using Veil.Anonymization.Methods;

namespace Veil.Anonymization.Synthesis;

/// <summary>Chooses a latent for somebody: as of a standard normal distribution, whose mean is 0. Thread-safe.</summary>
/// <param name="sampling">How.</param>
/// <param name="truncation">How much of the way from the mean is kept, 0..1.</param>
internal sealed class LatentSampler(LatentSampling sampling, float truncation)
{
    /// <summary>How many latents there are to choose from with <see cref="LatentSampling.MultiMode"/>.</summary>
    public const int Modes = 16;

    // A normal distribution has one mode only, in its midst: these few stand for the clusters that a trained mapping has.
    private const ulong FirstMode = 0x76_65_69_6C;

    /// <summary>A latent.</summary>
    /// <param name="length">Its numbers, 0 or more.</param>
    /// <param name="random">Decides who it is, and goes on.</param>
    public ImmutableArray<float> Sample(int length, ref SplitMix64 random)
    {
        var latent = new float[length];
        switch (sampling)
        {
            case LatentSampling.SingleMode:
                break;
            case LatentSampling.MultiMode:
                var mode = new SplitMix64(SplitMix64.Combine(FirstMode, (ulong)random.Below(Modes)));
                Normal(latent, ref mode);
                break;
            default:
                Normal(latent, ref random);
                break;
        }

        for (var i = 0; i < length; i++)
        {
            latent[i] *= truncation;
        }

        return ImmutableArray.Create(latent);
    }

    /// <summary>Fills with independent numbers of the standard normal distribution (Box and Muller, 1958).</summary>
    public static void Normal(Span<float> numbers, ref SplitMix64 random)
    {
        for (var i = 0; i < numbers.Length; i += 2)
        {
            var radius = MathF.Sqrt(-2 * MathF.Log(1 - random.NextFloat()));
            var (sine, cosine) = MathF.SinCos(MathF.Tau * random.NextFloat());
            numbers[i] = radius * cosine;
            if (i + 1 < numbers.Length)
            {
                numbers[i + 1] = radius * sine;
            }
        }
    }
}
