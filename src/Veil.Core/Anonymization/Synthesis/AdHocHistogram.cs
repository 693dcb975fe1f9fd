using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// DeepPrivacy2's ad-hoc histogram match: out = A·E + (1−A)·G, where G is the painted crop, E the same with the histogram of the
/// original crop, and A the person's mask, blurred and brought to a maximum of 1. One histogram over all three channels together,
/// as there: brightness and contrast follow the original, hues do not.
/// </summary>
internal static class AdHocHistogram
{
    private const float Sigma = 10;
    private const int Radius = 9;

    /// <summary>Changes a painted crop.</summary>
    /// <param name="painted">G; changed in place.</param>
    /// <param name="original">The crop as it was, of the same size.</param>
    /// <param name="person">255 where the person is, 0 elsewhere; row after row.</param>
    /// <param name="others">Pixels that are not 0 show somebody else: they are not counted.</param>
    public static void Match(PixelBuffer painted, PixelBuffer original, byte[] person, byte[] others)
    {
        Span<int> from = stackalloc int[HistogramMatch.Bins];
        Span<int> to = stackalloc int[HistogramMatch.Bins];
        if (!Count(painted.Span, others, from) || !Count(original.Span, others, to))
        {
            return;
        }

        Span<float> table = stackalloc float[HistogramMatch.Bins];
        HistogramMatch.Table(from, to, table);
        var share = new byte[person.Length];
        GaussianBlur.Apply(person, painted.Width, share, painted.Width, painted.Width, painted.Height, 1, Sigma, Radius);
        var most = Math.Max((byte)1, share.Max());
        var pixels = painted.Span;
        for (var i = 0; i < pixels.Length; i++)
        {
            var a = (float)share[i / 3] / most;
            pixels[i] = (byte)Math.Clamp((a * table[pixels[i]]) + ((1 - a) * pixels[i]) + 0.5f, 0, byte.MaxValue);
        }
    }

    private static bool Count(ReadOnlySpan<byte> pixels, byte[] others, Span<int> counts)
    {
        var any = false;
        for (var i = 0; i < pixels.Length; i++)
        {
            if (others[i / 3] == 0)
            {
                counts[pixels[i]]++;
                any = true;
            }
        }

        return any;
    }
}
