using System.Numerics;
using Veil.Imaging;

namespace Veil.Anonymization.Synthesis.Figures;

/// <summary>How bright and coloured the light around a body is, where it comes from, and how grainy the picture: from uncovered pixels alone.</summary>
/// <param name="Gain">By which colours as in even light are multiplied, red, green and blue.</param>
/// <param name="From">Towards the light; of length 1, z towards the viewer.</param>
/// <param name="Grain">Mean deviation of a pixel from its neighbours in smooth places, grey levels.</param>
internal readonly record struct SceneLight(Vector3 Gain, Vector3 From, float Grain)
{
    /// <summary>How far around a body is looked, as a share of its longer side.</summary>
    private const float Reach = 0.4f;

    /// <summary>Samples to either side.</summary>
    private const int Samples = 96;

    /// <summary>Luma of a picture in even light.</summary>
    private const float Even = 112;

    /// <summary>Difference of luma from side to side, at which light comes from half above and half from the side.</summary>
    private const float Contrast = 60;

    private static readonly Vector3 Luma = new(0.299f, 0.587f, 0.114f);

    /// <summary>Looks around.</summary>
    /// <param name="scene">The picture.</param>
    /// <param name="body">What is covered.</param>
    public static SceneLight Around(CoveredScene scene, PixelRect body)
    {
        var area = body.Inflate(Math.Max(4, (int)(Reach * Math.Max(body.Width, body.Height)))).Intersect(scene.Original.Bounds);
        var covered = scene.CoverageIn(area);
        var step = Math.Max(1, Math.Max(area.Width, area.Height) / Samples);
        var (colour, count, grains, deviation) = (Vector3.Zero, 0, 0, 0f);
        var (lit, sides, reach) = (0f, 0f, 0f);
        for (var y = area.Top; y < area.Bottom; y += step)
        {
            var row = scene.Original.Row(y);
            for (var x = area.Left; x < area.Right; x += step)
            {
                if (covered[x, y] != 0)
                {
                    continue;
                }

                var here = At(row, x);
                var side = (x + 0.5f - ((body.Left + body.Right) / 2f)) / body.Width;
                (colour, count) = (colour + here, count + 1);
                (lit, sides, reach) = (lit + (side * Vector3.Dot(here, Luma)), sides + side, reach + MathF.Abs(side));
                if (x + 2 < area.Right && covered[x + 1, y] == 0 && covered[x + 2, y] == 0)
                {
                    // Half a second difference: nothing on slopes, and edges of things are cut off below.
                    var bend = MathF.Abs(Vector3.Dot(here - (2 * At(row, x + 1)) + At(row, x + 2), Luma)) / 2;
                    (grains, deviation) = (grains + 1, deviation + Math.Min(bend, 8));
                }
            }
        }

        if (count == 0)
        {
            return new SceneLight(Vector3.One, Vector3.Normalize(new Vector3(-0.3f, -0.6f, 0.75f)), 1);
        }

        colour /= count;
        var bright = Vector3.Dot(colour, Luma);
        var tint = Vector3.Clamp(Vector3.Lerp(Vector3.One, colour / Math.Max(8, bright), 0.3f), new Vector3(0.85f), new Vector3(1.15f));
        var across = (lit - (bright * sides)) / Math.Max(1e-3f, reach) / Contrast;
        return new SceneLight(
            tint * Math.Clamp(MathF.Sqrt(bright / Even), 0.5f, 1.2f), Vector3.Normalize(new Vector3(Math.Clamp(across, -0.6f, 0.6f), -0.6f, 0.75f)),
            Math.Min(4, deviation / Math.Max(1, grains)));
    }

    private static Vector3 At(ReadOnlySpan<byte> row, int x) => new(row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]);
}
