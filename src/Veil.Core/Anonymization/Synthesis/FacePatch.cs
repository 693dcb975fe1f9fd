using System.Numerics;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>Draws a chosen face into a canvas: the surroundings going on inwards, hair over them, the face over both.</summary>
internal static class FacePatch
{
    // Skin that shows below a face tells its tone more closely than the covered face's step; it lies in the chin's shadow.
    private const float NeckShare = 0.75f;
    private const float NeckLight = 0.9f;

    // Where nothing shows, a face stands before a shade of its own.
    private const float Alone = 0.45f;

    // Of the way inwards from the rim, so much is gone outwards to look for what is there.
    private static readonly float[] Stretches = [0.7f, 0.35f, 0];

    /// <summary>Draws the canvas's target.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="place">Its tone and surroundings.</param>
    /// <param name="face">What to draw.</param>
    /// <param name="random">For grain.</param>
    public static void Draw(RegionCanvas canvas, FacePlace place, ChosenFace face, SplitMix64 random)
    {
        var shape = face.IsMirrored ? face.Face.Shape.Mirrored(face.Face.Width) : face.Face.Shape;
        var map = face.Flip * FacePlacing.Fit(shape, place.Shape, canvas.Region.Reference ?? canvas.Region.Box, place.Film is null ? PlacingSteps.Coarse : PlacingSteps.None);
        var scale = MathF.Sqrt(MathF.Abs(map.GetDeterminant()));
        var colours = Colours(place, face);
        using var cutout = FaceCutout.Of(face, scale, colours);

        Matrix3x2.Invert(map * Matrix3x2.CreateTranslation(-canvas.Area.Left, -canvas.Area.Top), out var toBank);
        var toCutout = toBank * cutout.ToCutout;
        using var skin = Lay(cutout.Skin, canvas, toCutout);
        using var hair = Lay(cutout.Hair, canvas, toCutout);
        var frame = FaceFrame.Of(face.Face.Shape).Map(map);
        Compose(canvas, place, new NeckShade(frame, colours.Mean, shape.Yaw), skin, hair);
        PatchTexture.Match(canvas, place, frame, random);
    }

    private static PatchColours Colours(FacePlace place, ChosenFace face)
    {
        var tone = place.Look.Tone;
        var colour = place.Around.Neck(place.Frame, tone) is { } neck ? Vector3.Lerp(tone.Colour, neck / NeckLight, NeckShare) : tone.Colour;
        var (slope, isGrey) = (Vector2.Zero, place.Around.IsGrey);
        place.Film?.Steady(ref colour, ref slope, ref isGrey);
        var own = face.IsMirrored ? face.Face.Light with { Slope = face.Face.Light.Slope * new Vector2(-1, 1) } : face.Face.Light;
        return new PatchColours(own, colour, slope, isGrey);
    }

    private static PixelBuffer Lay(PixelBuffer cutout, RegionCanvas canvas, Matrix3x2 toCutout)
    {
        var patch = new PixelBuffer(canvas.Width, canvas.Height, PixelFormat.Rgba32);
        AffineWarp.Apply(cutout.Span, cutout.Stride, cutout.Width, cutout.Height, patch.Span, patch.Stride, patch.Width, patch.Height, toCutout);
        return patch;
    }

    private static void Compose(RegionCanvas canvas, FacePlace place, NeckShade neck, PixelBuffer skin, PixelBuffer hair)
    {
        var rim = place.Around.Rim(place.Frame.Centre);
        var alone = Alone * neck.Skin;
        for (var y = 0; y < canvas.Height; y++)
        {
            var coverage = canvas.Coverage(y);
            var face = skin.Row(y);
            var cap = hair.Row(y);
            var to = canvas.Target.Row(y);
            for (var x = 0; x < canvas.Width; x++)
            {
                if (coverage[x] == 0)
                {
                    // Not laid over the picture, but blurred with the rest.
                    Write(to[(3 * x)..], place.Around.PixelAt(canvas.Area.Left + x, canvas.Area.Top + y) ?? place.Around.ColourAt(canvas.Area.Left + x, canvas.Area.Top + y));
                    continue;
                }

                var own = face.Slice(4 * x, 4);
                var above = cap.Slice(4 * x, 4);
                var (left, top) = (canvas.Area.Left + x + 0.5f, canvas.Area.Top + y + 0.5f);
                var colour = own[3] == byte.MaxValue ? Vector3.Zero : Over(neck.Over(Ground(place.Around, rim, alone, left, top), left, top, rim), above);
                colour = Over(colour, own);
                Write(to[(3 * x)..], colour);
            }
        }
    }

    // What lies outside the rim goes on inwards, mirrored and stretched; where that does not show, from nearer to the rim.
    private static Vector3 Ground(Surroundings around, PolarContour rim, Vector3 alone, float x, float y)
    {
        var way = new Vector2(x, y) - rim.Centre;
        var distance = Math.Max(1e-3f, way.Length());
        var radius = rim.RadiusTowards(way);
        foreach (var stretch in Stretches)
        {
            var mirrored = rim.Centre + (way * ((radius + 1 + (stretch * (radius - distance))) / distance));
            if (around.PixelAt(mirrored.X, mirrored.Y) is { } colour)
            {
                return colour;
            }
        }

        return around.HasColours ? around.ColourAt(x, y) : alone;
    }

    private static void Write(Span<byte> to, Vector3 colour)
    {
        colour = Vector3.Clamp(colour + new Vector3(0.5f), Vector3.Zero, new Vector3(255));
        (to[0], to[1], to[2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
    }

    private static Vector3 Over(Vector3 below, ReadOnlySpan<byte> above) =>
        Vector3.Lerp(below, new Vector3(above[0], above[1], above[2]), above[3] / 255f);
}
