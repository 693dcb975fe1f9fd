using System.Numerics;
using Veil.Anonymization.Methods.Veiling;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>Makes a drawn face as blurred and as grainy as what shows around it.</summary>
internal static class PatchTexture
{
    // A face in focus may stand before what is not: no more blur than this, as a share of the region's longer side.
    private const float MostBlur = 0.02f;
    private const float LeastBlur = 0.35f;
    private const float MostGrain = 12;
    private const float LeastGrain = 0.6f;

    /// <summary>Changes the canvas's target.</summary>
    /// <param name="canvas">Drawn, also where nothing is covered.</param>
    /// <param name="place">What shows, and what a film has kept.</param>
    /// <param name="frame">The drawn face, in the picture.</param>
    /// <param name="random">For grain.</param>
    public static void Match(RegionCanvas canvas, FacePlace place, FaceFrame frame, SplitMix64 random)
    {
        var (target, around) = (canvas.Target, place.Around);
        bool InFace(int x, int y)
        {
            var at = frame.ToFrame(new Vector2(x + canvas.Area.Left, y + canvas.Area.Top));
            return x >= 0 && y >= 0 && x < target.Width && y < target.Height && (at * at).X + (at * at).Y < 1.1f;
        }

        var lacked = around.Blur is { } wanted && SharpnessMeter.Measure(target, target.Bounds, InFace) is { } own && wanted > own
            ? MathF.Sqrt((wanted * wanted) - (own * own))
            : 0;
        var sigma = Math.Min(place.Film?.Blur(lacked) ?? lacked, MostBlur * canvas.LongSide);
        if (sigma > LeastBlur)
        {
            GaussianBlur.Apply(target.Span, target.Stride, target.Span, target.Stride, target.Width, target.Height, 3, sigma, (int)MathF.Ceiling(3 * sigma));
        }

        var grain = GrainMeter.Measure(target, target.Bounds, InFace);
        var lacking = MathF.Sqrt(Math.Max(0, (around.Grain * around.Grain) - (grain * grain)));
        lacking = place.Film?.Grain(lacking) ?? lacking;
        if (lacking > LeastGrain)
        {
            AddGrain(canvas, Math.Min(lacking, MostGrain), (uint)random.Next());
        }
    }

    private static void AddGrain(RegionCanvas canvas, float deviation, uint seed)
    {
        // Of a triangular distribution the ends are so many deviations away.
        var amplitude = deviation * MathF.Sqrt(6);
        var noise = new float[canvas.Width];
        for (var y = 0; y < canvas.Height; y++)
        {
            noise.AsSpan().Clear();
            VeilGrain.AddRow(noise, (int)-canvas.Box.Left, y - (int)canvas.Box.Top, 0, amplitude, seed);
            var row = canvas.Target.Row(y);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (byte)Math.Clamp(row[i] + noise[i / 3] + 0.5f, 0, byte.MaxValue);
            }
        }
    }
}
