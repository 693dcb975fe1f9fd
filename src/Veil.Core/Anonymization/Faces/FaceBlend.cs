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

    // Where the patch's hair and background differ from the picture's by more than this mean difference, they give way to a
    // fill from the surroundings, wholly beyond the second: a bright halo around a face in the dark is worse than a blur.
    private const float Matching = 45;
    private const float Clashing = 105;

    // From where to where they give way, in radii of the region's ellipse: outside the face.
    private const float InnerRim = 0.72f;
    private const float OuterRim = 1.08f;

    // Red, green, blue, clash.
    private const int SurroundingChannels = 4;

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
        var (width, height) = (domain.Width, domain.Height);
        var known = new byte[width * height];
        var correction = new float[known.Length * 3];
        var surroundings = new float[known.Length * SurroundingChannels];
        LookAround(scene, domain, patch, known, correction, surroundings);
        Membrane.Fill(correction, known, width, height, 3, Math.Max(1, Reach * canvas.LongSide));
        Membrane.Fill(surroundings, known, width, height, SurroundingChannels, float.PositiveInfinity);
        var (left, top) = (canvas.Area.Left - domain.Left, canvas.Area.Top - domain.Top);
        for (var y = 0; y < canvas.Height; y++)
        {
            var from = patch.Row(y + top).Slice(left * 3, canvas.Width * 3);
            var to = canvas.Target.Row(y);
            for (var x = 0; x < canvas.Width; x++)
            {
                var at = ((y + top) * width) + left + x;
                var around = surroundings.AsSpan(at * SurroundingChannels, SurroundingChannels);
                var share = Rim(canvas.Box, x + 0.5f, y + 0.5f) * Math.Clamp((around[3] - Matching) / (Clashing - Matching), 0, 1);
                for (var c = 0; c < 3; c++)
                {
                    var own = from[(x * 3) + c] + correction[(at * 3) + c];
                    to[(x * 3) + c] = (byte)Math.Clamp(own + (share * (around[c] - own)) + 0.5f, 0, byte.MaxValue);
                }
            }
        }
    }

    // What the patch lacks where the picture is not covered, the picture itself, and how much the two clash there.
    private static void LookAround(CoveredScene scene, PixelRect domain, PixelBuffer patch, byte[] known, float[] correction, float[] surroundings)
    {
        var covered = scene.CoverageIn(domain);
        for (var y = 0; y < domain.Height; y++)
        {
            var coverage = covered.Row(y + domain.Top);
            var picture = scene.Original.Row(y + domain.Top).Slice(domain.Left * 3, domain.Width * 3);
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
                    var lacking = picture[(x * 3) + c] - row[(x * 3) + c];
                    correction[(at * 3) + c] = lacking;
                    surroundings[(at * SurroundingChannels) + c] = picture[(x * 3) + c];
                    surroundings[(at * SurroundingChannels) + 3] += MathF.Abs(lacking) / 3;
                }
            }
        }
    }

    /// <summary>0 in the face, 1 at its region's border, smooth between.</summary>
    private static float Rim(Box box, float x, float y)
    {
        var (u, v) = ((x - box.CenterX) / (box.Width / 2), (y - box.CenterY) / (box.Height / 2));
        var share = Math.Clamp((MathF.Sqrt((u * u) + (v * v)) - InnerRim) / (OuterRim - InnerRim), 0, 1);
        return share * share * (3 - (2 * share));
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
