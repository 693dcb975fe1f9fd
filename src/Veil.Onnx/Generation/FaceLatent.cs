using System.Numerics.Tensors;
using Veil.Anonymization;

namespace Veil.Onnx.Generation;

/// <summary>
/// Latents of <see cref="FaceGenerator"/>: 512 numbers, drawn from the standard normal distribution. The network divides each
/// latent by its root mean square, so that latents are points of a sphere and only directions count. Thread-safe.
/// </summary>
public static class FaceLatent
{
    // The faces of these seeds are, of those of 0 to 399, nearest to the mean of all 400, by squared differences of 32×32 pixels.
    // A mean of latents is as meaningless as the middle of a sphere, but the direction of these few is that of a plain face.
    private static readonly ushort[] PlainSeeds =
    [
        0, 2, 5, 7, 8, 11, 13, 16, 17, 18, 19, 21, 26, 30, 32, 33, 34, 36, 37, 47, 52, 54, 55, 56, 60, 65, 70, 72, 74, 84, 87, 93, 103, 108,
        119, 125, 137, 138, 142, 146, 151, 152, 153, 154, 155, 158, 169, 170, 172, 175, 178, 179, 183, 193, 194, 195, 197, 199, 203, 207,
        213, 220, 228, 238, 244, 246, 253, 262, 265, 266, 268, 272, 276, 284, 285, 287, 297, 302, 310, 311, 313, 314, 315, 319, 320, 324,
        334, 335, 345, 348, 351, 367, 369, 381, 386, 387,
    ];

    private static readonly Lazy<float[]> PlainLatent = new(static () => Mean(PlainSeeds.Select(static seed => OfSeed(seed))));

    /// <summary>The latent of a plain face, towards which <see cref="Truncate"/> goes: it looks ahead, and little of it is extreme.</summary>
    public static ReadOnlySpan<float> Centre => PlainLatent.Value;

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

    /// <summary>A latent nearer to the plain face: fewer faces are malformed, and all are more alike.</summary>
    /// <param name="latent">Any latent, not opposite to <see cref="Centre"/>.</param>
    /// <param name="truncation">How much of the way from <see cref="Centre"/> is kept, 0 (nothing: always the same face) to 1 (the latent as it is). Below 1 faces of different seeds begin to pass for one person: at 0.75 nearly a third of the pairs, to SFace.</param>
    /// <returns><see cref="FaceGenerator.LatentLength"/> numbers with a root mean square of 1.</returns>
    /// <exception cref="ArgumentException">The latent has another length or is no direction; the truncation is out of range.</exception>
    public static float[] Truncate(ReadOnlySpan<float> latent, float truncation) => Between(Centre, latent, truncation);

    /// <summary>The direction of several latents' mean.</summary>
    /// <param name="latents">One or more that do not cancel out.</param>
    /// <returns><see cref="FaceGenerator.LatentLength"/> numbers with a root mean square of 1.</returns>
    /// <exception cref="ArgumentException">A latent has another length, or their sum is no direction.</exception>
    public static float[] Mean(IEnumerable<float[]> latents)
    {
        ArgumentNullException.ThrowIfNull(latents);
        var sum = new float[FaceGenerator.LatentLength];
        foreach (var latent in latents)
        {
            TensorPrimitives.Add(sum, latent, sum);
        }

        Normalise(sum, sum);
        return sum;
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
