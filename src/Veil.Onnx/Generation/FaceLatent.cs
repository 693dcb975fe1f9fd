using System.Numerics.Tensors;
using Veil.Anonymization;

namespace Veil.Onnx.Generation;

/// <summary>
/// Latents of <see cref="FaceGenerator"/>: 512 numbers, drawn from the standard normal distribution. The network divides each
/// latent by its root mean square, so that latents are points of a sphere and only directions count. Thread-safe.
/// </summary>
public static class FaceLatent
{
    /// <summary>The latent of a seed: the same numbers on every machine, but for the last bits of a logarithm and a cosine.</summary>
    /// <param name="seed">Any value.</param>
    /// <returns><see cref="FaceGenerator.LatentLength"/> numbers with a root mean square of 1.</returns>
    public static float[] OfSeed(ulong seed)
    {
        // Box and Muller, 1958: two even numbers make two normal ones.
        var random = new SplitMix64(seed);
        var latent = new float[FaceGenerator.LatentLength];
        for (var i = 0; i < latent.Length; i += 2)
        {
            var radius = MathF.Sqrt(-2 * MathF.Log(1 - random.NextFloat()));
            var (sine, cosine) = MathF.SinCos(MathF.Tau * random.NextFloat());
            (latent[i], latent[i + 1]) = (radius * cosine, radius * sine);
        }

        Normalise(latent, latent);
        return latent;
    }

    /// <summary>A latent on the shortest way over the sphere between two others.</summary>
    /// <param name="from">Where the way begins.</param>
    /// <param name="to">Where it ends; not opposite to <paramref name="from"/>.</param>
    /// <param name="share">How far along, 0 (the first) to 1 (the second).</param>
    /// <returns><see cref="FaceGenerator.LatentLength"/> numbers with a root mean square of 1.</returns>
    /// <exception cref="ArgumentException">A latent has another length, is no direction, or they are opposite; the share is out of range.</exception>
    public static float[] Between(ReadOnlySpan<float> from, ReadOnlySpan<float> to, float share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var (first, second) = (new float[FaceGenerator.LatentLength], new float[FaceGenerator.LatentLength]);
        Normalise(from, first);
        Normalise(to, second);
        var cosine = TensorPrimitives.CosineSimilarity(first, second);
        if (cosine < -0.9999f)
        {
            throw new ArgumentException("Expected two latents that are not opposite: no way between those is the shortest.", nameof(to));
        }

        // Shoemake's slerp, 1985; as good as straight where the two are one direction.
        var angle = MathF.Acos(Math.Clamp(cosine, -1, 1));
        var (a, b) = angle < 1e-3f ? (1 - share, share) : (MathF.Sin((1 - share) * angle), MathF.Sin(share * angle));
        TensorPrimitives.Multiply(first, a, first);
        TensorPrimitives.MultiplyAdd(second, b, first, first);
        Normalise(first, first);
        return first;
    }

    /// <summary>Scales a latent to a root mean square of 1.</summary>
    internal static void Normalise(ReadOnlySpan<float> latent, Span<float> target)
    {
        if (latent.Length != FaceGenerator.LatentLength)
        {
            throw new ArgumentException($"Expected {FaceGenerator.LatentLength} numbers, but received {latent.Length}.", nameof(latent));
        }

        var norm = TensorPrimitives.Norm(latent);
        if (!float.IsFinite(norm) || norm < 1e-6f)
        {
            throw new ArgumentException($"Expected finite numbers, not all 0, but received some of length {norm}.", nameof(latent));
        }

        TensorPrimitives.Multiply(latent, MathF.Sqrt(FaceGenerator.LatentLength) / norm, target);
    }
}
