using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Privacy.Likeness;

/// <summary>Adds up how much treated pictures look like their originals. Not thread-safe.</summary>
/// <remarks>
/// A window of the structural similarity counts as inside when its centre is fully covered, and as outside when no pixel of it is
/// touched at all, so that outside nothing but a broken method can make a difference. Soft edges count as neither.
/// </remarks>
public sealed class LikenessMeter
{
    private readonly Sum _inside = new();
    private readonly Sum _outside = new();

    /// <summary>What was added.</summary>
    public PictureLikeness Likeness => new(_inside.Area, _outside.Area);

    /// <summary>Adds a picture.</summary>
    /// <param name="original">As it was, <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="treated">As it is, of the same size.</param>
    /// <param name="mask">What was covered; null for nothing.</param>
    /// <exception cref="ArgumentException">The pictures do not match.</exception>
    public void Add(PixelBuffer original, PixelBuffer treated, RegionMask? mask)
    {
        var similarity = StructuralSimilarity.Of(original, treated);
        var touched = Touched(original, mask);
        for (var y = 0; y < original.Height; y++)
        {
            var a = original.Row(y);
            var b = treated.Row(y);
            for (var x = 0; x < original.Width; x++)
            {
                var sum = Place(mask?[x, y] ?? 0);
                if (sum is null)
                {
                    continue;
                }

                for (var i = 3 * x; i < (3 * x) + 3; i++)
                {
                    sum.Error += (a[i] - b[i]) * (a[i] - b[i]);
                }

                sum.Pixels++;
            }
        }

        for (var y = 0; y < similarity.Height; y++)
        {
            for (var x = 0; x < similarity.Width; x++)
            {
                const int half = StructuralSimilarity.Window / 2;
                var sum = mask?[x + half, y + half] == byte.MaxValue ? _inside : IsFree(touched, x, y, original.Width) ? _outside : null;
                if (sum is not null)
                {
                    sum.Similarity += similarity[x, y];
                    sum.Windows++;
                }
            }
        }
    }

    private Sum? Place(byte coverage) => coverage switch
    {
        byte.MaxValue => _inside,
        0 => _outside,
        _ => null,
    };

    /// <summary>How many touched pixels lie above and to the left, so that any window's number is a difference.</summary>
    private static int[] Touched(PixelBuffer image, RegionMask? mask)
    {
        var sums = new int[(image.Width + 1) * (image.Height + 1)];
        for (var y = 0; y < image.Height; y++)
        {
            var line = 0;
            for (var x = 0; x < image.Width; x++)
            {
                line += mask is not null && mask[x, y] > 0 ? 1 : 0;
                sums[((y + 1) * (image.Width + 1)) + x + 1] = sums[(y * (image.Width + 1)) + x + 1] + line;
            }
        }

        return sums;
    }

    private static bool IsFree(int[] touched, int x, int y, int width)
    {
        var (top, bottom) = (y * (width + 1), (y + StructuralSimilarity.Window) * (width + 1));
        return touched[bottom + x + StructuralSimilarity.Window] - touched[bottom + x] - touched[top + x + StructuralSimilarity.Window] + touched[top + x] == 0;
    }

    private sealed class Sum
    {
        public double Error { get; set; }

        public long Pixels { get; set; }

        public double Similarity { get; set; }

        public long Windows { get; set; }

        public AreaLikeness Area => new(Windows == 0 ? null : Similarity / Windows, Pixels == 0 ? 0 : Error / (3.0 * Pixels), Pixels);
    }
}
