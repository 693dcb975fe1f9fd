using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Faces;

/// <summary>
/// Lays a drawn face into a picture without a seam: at the rim of what is covered the patch takes the colours of the
/// uncovered pixels there, and the correction fades inwards (screened Poisson blending after Bhat et al., Fourier Analysis
/// of the 2D Screened Poisson Equation for Gradient Domain Problems, 2008). Plain Poisson blending would carry the colours
/// of hair and background into the middle of the face. Nothing covered is read.
/// </summary>
internal static class FaceBlend
{
    // How far the correction reaches, as a share of the region's longer side.
    private const float Reach = 0.1f;

    /// <summary>How far around a region's mask its surroundings are read, pixels.</summary>
    public const int Margin = 2;

    /// <summary>The pixels in which a canvas's patch is drawn: the canvas and its surroundings, inside the picture.</summary>
    public static PixelRect Domain(CoveredScene scene, RegionCanvas canvas) => canvas.Area.Inflate(Margin).Intersect(scene.Original.Bounds);

    /// <summary>Draws the canvas's target.</summary>
    /// <param name="scene">The picture, of which uncovered pixels are read.</param>
    /// <param name="canvas">Where to lay the face.</param>
    /// <param name="patch">The face, in the pixels of <see cref="Domain"/>.</param>
    public static void Lay(CoveredScene scene, RegionCanvas canvas, PixelBuffer patch)
    {
        var domain = Domain(scene, canvas);
        var covered = scene.CoverageIn(domain);
        var known = new byte[domain.Width * domain.Height];
        var difference = new float[known.Length * 3];
        for (var y = 0; y < domain.Height; y++)
        {
            var coverage = covered.Row(y + domain.Top);
            var around = scene.Original.Row(y + domain.Top).Slice(domain.Left * 3, domain.Width * 3);
            var row = patch.Row(y);
            for (var x = 0; x < domain.Width; x++)
            {
                if (coverage[x] != 0)
                {
                    continue;
                }

                var at = (y * domain.Width) + x;
                known[at] = 1;
                for (var c = 0; c < 3; c++)
                {
                    difference[(at * 3) + c] = around[(x * 3) + c] - row[(x * 3) + c];
                }
            }
        }

        Membrane.Fill(difference, known, domain.Width, domain.Height, 3, Math.Max(1, Reach * canvas.LongSide));
        var (left, top) = (canvas.Area.Left - domain.Left, canvas.Area.Top - domain.Top);
        for (var y = 0; y < canvas.Height; y++)
        {
            var from = patch.Row(y + top).Slice(left * 3, canvas.Width * 3);
            var change = difference.AsSpan((((y + top) * domain.Width) + left) * 3, from.Length);
            var to = canvas.Target.Row(y);
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = (byte)Math.Clamp(from[i] + change[i] + 0.5f, 0, byte.MaxValue);
            }
        }
    }

    /// <summary>The colours of a patch, or of the picture, in the inner part of a face.</summary>
    /// <param name="pixels">Where the face is.</param>
    /// <param name="face">Its box in these pixels; the ellipse half as wide and high counts.</param>
    /// <param name="counts">Says whether a pixel may be looked at.</param>
    public static ColourStatistics Measure(PixelBuffer pixels, Box face, Func<int, int, bool> counts)
    {
        const float inner = 0.55f;
        const int samples = 64;
        var meter = default(ColourMeter);
        var area = face.Intersect(new Box(0, 0, pixels.Width, pixels.Height));
        var step = Math.Max(1, (int)(Math.Max(area.Width, area.Height) / samples));
        foreach (var within in new[] { inner, float.PositiveInfinity })
        {
            for (var y = Math.Max(0, (int)area.Top); y < Math.Min(pixels.Height, area.Bottom); y += step)
            {
                var row = pixels.Row(y);
                for (var x = Math.Max(0, (int)area.Left); x < Math.Min(pixels.Width, area.Right); x += step)
                {
                    var (u, v) = ((x + 0.5f - face.CenterX) / (face.Width / 2), (y + 0.5f - face.CenterY) / (face.Height / 2));
                    if ((u * u) + (v * v) <= within * within && counts(x, y))
                    {
                        meter.Add(row.Slice(x * 3, 3));
                    }
                }
            }

            if (meter.Count > 0)
            {
                break;
            }
        }

        return meter.Statistics;
    }

    /// <summary>Changes the colours of a whole patch.</summary>
    public static void Match(PixelBuffer patch, in ColourStatistics from, in ColourStatistics to)
    {
        for (var y = 0; y < patch.Height; y++)
        {
            ColourTransfer.Apply(patch.Row(y), from, to);
        }
    }
}
