using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// The two things of a bank's picture that are drawn: the face within its contour, with the skin beside it (ears, the jaw's edge), and
/// the hair above it. What else the picture shows stays behind. Crops often end in the hair: beyond the border the picture goes on mirrored.
/// </summary>
/// <param name="Skin"><see cref="PixelFormat.Rgba32"/>; opaque in the face and where skin goes on beside it, transparent elsewhere.</param>
/// <param name="Hair">The same colours, opaque in a cap above the face.</param>
/// <param name="ToCutout">From the bank's picture.</param>
internal sealed record FaceCutout(PixelBuffer Skin, PixelBuffer Hair, Matrix3x2 ToCutout) : IDisposable
{
    private const int Directions = 180;
    private const float Spare = 1.15f;

    // Width of the soft edge inside the contour, as a share of the way from the middle; wider at the forehead, where hair begins.
    private const float Feather = 0.06f;
    private const float ForeheadFeather = 0.2f;

    // How far skin is drawn beyond the contour, as a multiple of the way from the middle: the jaw's edge and ears. Not above the brows.
    private const float Grown = 1.3f;
    private const float GrownFade = 0.1f;
    private const float ForeheadEnd = 0.55f;

    // How far hair is drawn above the contour and beside it, as a multiple of the way from the middle: beside a face there is
    // more often background.
    private const float HairAbove = 1.42f;
    private const float HairBeside = 1.1f;
    private const float HairFade = 0.24f;

    /// <inheritdoc/>
    public void Dispose()
    {
        Skin.Dispose();
        Hair.Dispose();
    }

    /// <summary>Cuts a face out.</summary>
    /// <param name="face">The face.</param>
    /// <param name="scale">How large it is to become by its size in the bank's small picture; above 0.</param>
    /// <param name="colours">What colours it gets.</param>
    public static FaceCutout Of(ChosenFace face, float scale, PatchColours colours)
    {
        var picture = face.Face.PictureFor(scale);
        var enlargement = (float)picture.Width / face.Face.Width;

        // A little more than needed stays sharp when it is turned.
        var reduction = Math.Max(1e-3f, Spare * scale / enlargement);
        using var reduced = reduction < 1 ? Reduced(picture, reduction) : picture.Clone();
        if (face.IsMirrored)
        {
            for (var y = 0; y < reduced.Height; y++)
            {
                MemoryMarshal.Cast<byte, Rgb>(reduced.Row(y)).Reverse();
            }
        }

        var inside = face.Flip * Matrix3x2.CreateScale((float)reduced.Width / face.Face.Width, reduced.Height * enlargement / picture.Height);
        var frame = FaceFrame.Of(face.Face.Shape);
        var likeness = SkinLikeness.Of(reduced, face.Face.Light.Mean);
        colours.Apply(reduced, frame.Map(inside));
        var margin = Math.Max(reduced.Width, reduced.Height) / 6;
        var map = inside * Matrix3x2.CreateTranslation(margin, margin);
        var skin = new PixelBuffer(reduced.Width + (2 * margin), reduced.Height + (2 * margin), PixelFormat.Rgba32);
        var hair = new PixelBuffer(skin.Width, skin.Height, PixelFormat.Rgba32);
        Fill(reduced, likeness, margin, skin, hair, [.. face.Face.Outline.Select(point => Vector2.Transform(point, map))], frame.Map(map));
        return new FaceCutout(skin, hair, map);
    }

    private static PixelBuffer Reduced(PixelBuffer picture, float share)
    {
        var small = new PixelBuffer(Math.Max(1, (int)MathF.Round(picture.Width * share)), Math.Max(1, (int)MathF.Round(picture.Height * share)), PixelFormat.Rgb24);
        Resampler.Apply(picture.Span, picture.Stride, picture.Width, picture.Height, small.Span, small.Stride, small.Width, small.Height, 3, Resampling.Area);
        return small;
    }

    private static void Fill(PixelBuffer source, byte[] likeness, int margin, PixelBuffer skin, PixelBuffer hair, ImmutableArray<Vector2> outline, FaceFrame frame)
    {
        var contour = PolarContour.Of(outline, Directions);
        var up = -Vector2.Normalize(frame.Down);
        var farthest = HairAbove * HairAbove * outline.Max(point => Vector2.DistanceSquared(point, contour.Centre));
        for (var y = 0; y < skin.Height; y++)
        {
            var row = Reflect101.Index(y - margin, source.Height);
            var from = source.Row(row);
            var face = skin.Row(y);
            var cap = hair.Row(y);
            for (var x = 0; x < skin.Width; x++)
            {
                var way = new Vector2(x + 0.5f, y + 0.5f) - contour.Centre;
                if (way.LengthSquared() > farthest)
                {
                    continue;
                }

                var share = way.Length() / contour.RadiusTowards(way);
                if (share > HairAbove)
                {
                    continue;
                }

                var column = Reflect101.Index(x - margin, source.Width);
                var pixel = from.Slice(3 * column, 3);
                pixel.CopyTo(face[(4 * x)..]);
                pixel.CopyTo(cap[(4 * x)..]);
                var upwards = Vector2.Dot(way, up) / Math.Max(1e-3f, way.Length());
                var feather = Feather + ((ForeheadFeather - Feather) * Math.Clamp(upwards, 0, 1));
                var inner = Smooth((1 - share) / feather);

                // Mirrored ears and necks are none: what grows ends where the picture does.
                var spare = Math.Min(Math.Min(x - margin, margin + source.Width - 1 - x), Math.Min(y - margin, margin + source.Height - 1 - y));
                var grown = likeness[(row * source.Width) + column] / 255f * Smooth((Grown - share) / GrownFade)
                    * Smooth((ForeheadEnd - upwards) / 0.3f) * Smooth(spare / (0.03f * source.Width));
                face[(4 * x) + 3] = ToByte(Math.Max(inner, grown));
                var above = Smooth(upwards / 0.6f);
                var end = HairBeside + (above * (HairAbove - HairBeside));
                cap[(4 * x) + 3] = ToByte(Smooth((end - share) / (HairFade * (0.5f + (above / 2)))) * Smooth((upwards + 0.55f) / 0.5f));
            }
        }
    }

    private static byte ToByte(float share) => (byte)((share * byte.MaxValue) + 0.5f);

    private static float Smooth(float share)
    {
        share = Math.Clamp(share, 0, 1);
        return share * share * (3 - (2 * share));
    }
}
