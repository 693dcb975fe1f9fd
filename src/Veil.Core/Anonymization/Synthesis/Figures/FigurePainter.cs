using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;

namespace Veil.Anonymization.Synthesis.Figures;

/// <summary>
/// Paints a clothed figure: a coarse outline filled with the parts that lie nearest, rounded and lit, with folds where cloth bends. Drawn no finer
/// than some hundred pixels and enlarged, since it has no detail to lose.
/// </summary>
internal static class FigurePainter
{
    private const int LongestSide = 768;

    // Light that comes from everywhere, and from one side.
    private const float Ambient = 0.58f;
    private const float Directed = 0.52f;

    /// <summary>How much folds brighten and darken.</summary>
    private const float Folds = 0.11f;

    /// <summary>What light adds to any colour, grey levels: black cloth has a shape, too.</summary>
    private const float Sheen = 14;

    /// <summary>How dark it gets beside a part that lies in front.</summary>
    private const float Crease = 0.34f;

    /// <summary>How far clothes stand off the body at most, heads: what an outline has beyond that is no part of the figure.</summary>
    private const float Clothes = 0.1f;

    /// <summary>Share of a cell's surroundings that must be the body where a seen limb adds to the outline.</summary>
    private const float Near = 0.12f;

    /// <summary>Paints.</summary>
    /// <param name="layer">Where to, <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="corner">The picture's coordinates of the layer's first pixel.</param>
    /// <param name="area">The part of the picture to paint in; inside the layer.</param>
    /// <param name="outline">Of the body.</param>
    /// <param name="skeleton">Its parts.</param>
    /// <param name="wardrobe">Its clothes.</param>
    /// <param name="skin">Its skin as in even light.</param>
    /// <param name="light">What it stands in.</param>
    /// <param name="seed">Of folds and grain.</param>
    public static void Paint(
        PixelBuffer layer, (int X, int Y) corner, PixelRect area, CoarseOutline outline, Skeleton skeleton, Wardrobe wardrobe, Vector3 skin, in SceneLight light, ulong seed)
    {
        var scale = Math.Min(1, LongestSide / (float)Math.Max(area.Width, area.Height));
        var sketch = new Sketch(Math.Max(1, (int)MathF.Ceiling(area.Width * scale)), Math.Max(1, (int)MathF.Ceiling(area.Height * scale)));
        Form(sketch, area, scale, outline, skeleton);
        sketch.Smooth((int)MathF.Round(0.07f * skeleton.Unit * scale));
        Light(sketch, area, scale, skeleton, wardrobe, skin, light, new Cloth(seed));
        sketch.Blend();
        sketch.Blend();
        Lay(sketch, layer, corner, area, scale, light, new Cloth(seed + 1));
    }

    /// <summary>Which part each place shows, how much of it the figure covers, and where its surface looks.</summary>
    private static void Form(Sketch sketch, PixelRect area, float scale, CoarseOutline outline, Skeleton skeleton)
    {
        var steep = 2 * outline.Side * scale / 1.6f;
        for (var (y, at) = (0, 0); y < sketch.Height; y++)
        {
            for (var x = 0; x < sketch.Width; x++, at++)
            {
                var point = new Vector2(area.Left + ((x + 0.5f) / scale), area.Top + ((y + 0.5f) / scale));
                var inside = outline.At(point.X, point.Y);
                if (inside <= 0.02f)
                {
                    continue;
                }

                var part = Part(skeleton.Bones, point, out var limb, out var beyond, out var crease);
                var bone = skeleton.Bones[part];
                var (radii, _, away) = bone.Measure(point);
                var near = Math.Clamp((inside - Near) * 8, 0, 1);
                var clothed = Math.Clamp((((Clothes * skeleton.Unit) - beyond) * scale) + 0.5f, 0, 1);
                var filled = bone.Part is BodyPart.Neck or BodyPart.Head ? 0 : clothed * Math.Clamp(((inside - 0.5f) * steep) + 0.5f, 0, 1);
                var cover = Math.Max(filled, near * Math.Clamp((limb * scale) + 0.5f, 0, 1));

                // A body turns away from the viewer towards its outline, wherever its bones are.
                var slope = new Vector2(outline.At(point.X + outline.Side, point.Y) - outline.At(point.X - outline.Side, point.Y), outline.At(point.X, point.Y + outline.Side) - outline.At(point.X, point.Y - outline.Side));
                sketch.Normals[at] = (away * Math.Min(radii, 1) * (bone.Part == BodyPart.Torso ? 0.55f : 0.8f)) - (slope * 0.5f);
                (sketch.Cover[at], sketch.Parts[at], sketch.Shades[at]) = (cover, part, 1 - crease);
            }
        }
    }

    /// <summary>The part in front at a point, or the nearest where none reaches it.</summary>
    /// <param name="bones">One or more.</param>
    /// <param name="point">In the picture's coordinates.</param>
    /// <param name="limb">How far inside a part that was seen the point is, pixels; below 0 outside.</param>
    /// <param name="beyond">How far outside of it the point is, pixels; below 0 inside.</param>
    /// <param name="crease">How much of the light parts in front take away.</param>
    /// <returns>Its index.</returns>
    private static int Part(ImmutableArray<Bone> bones, Vector2 point, out float limb, out float beyond, out float crease)
    {
        var (best, nearest) = (0, float.PositiveInfinity);
        var front = int.MinValue;
        (limb, beyond) = (float.NegativeInfinity, float.PositiveInfinity);
        Span<float> radii = stackalloc float[bones.Length];
        for (var i = 0; i < bones.Length; i++)
        {
            var bone = bones[i];
            (radii[i], var along, _) = bone.Measure(point);
            var outside = (radii[i] - 1) * float.Lerp(bone.FromRadius, bone.ToRadius, along);
            limb = bone.Seen ? Math.Max(limb, -outside) : limb;
            var isIn = outside <= 0;
            if (isIn ? bone.Front > front || (bone.Front == front && radii[i] < nearest) : front == int.MinValue && outside < nearest)
            {
                (best, nearest, front, beyond) = (i, isIn ? radii[i] : outside, isIn ? bone.Front : front, outside);
            }
        }

        crease = 0;
        for (var i = 0; i < bones.Length; i++)
        {
            if (bones[i].Front > bones[best].Front && bones[i].Part is BodyPart.UpperArm or BodyPart.Forearm or BodyPart.Hand && bones[best].Part is BodyPart.Torso or BodyPart.Thigh)
            {
                crease = Math.Max(crease, Crease * Math.Clamp((1.7f - radii[i]) / 0.7f, 0, 1));
            }
        }

        return best;
    }

    private static void Light(Sketch sketch, PixelRect area, float scale, Skeleton skeleton, Wardrobe wardrobe, Vector3 skin, in SceneLight light, Cloth cloth)
    {
        for (var at = 0; at < sketch.Cover.Length; at++)
        {
            if (sketch.Shades[at] == 0)
            {
                continue;
            }

            var bone = skeleton.Bones[sketch.Parts[at]];
            var point = new Vector2(area.Left + (((at % sketch.Width) + 0.5f) / scale), area.Top + (((at / sketch.Width) + 0.5f) / scale));
            var (colour, bare) = Colour(bone, point, skeleton.Unit, wardrobe, skin);
            var normal = sketch.Normals[at];
            var flat = normal.Length() is > 0.95f and var length ? normal * (0.95f / length) : normal;
            var toViewer = MathF.Sqrt(1 - flat.LengthSquared());
            var shine = Math.Max(0, Vector3.Dot(new Vector3(flat, toViewer), light.From));
            var shade = (Ambient + (Directed * shine)) * sketch.Shades[at];
            if (!bare)
            {
                var along = bone.To - bone.From is var axis && axis.Length() > 0 ? axis / axis.Length() : Vector2.UnitY;
                var place = (point - bone.From) / skeleton.Unit;
                shade *= 1 + (Folds * cloth.Fold(Vector2.Dot(place, along) + (sketch.Parts[at] * 11.3f), (place.X * along.Y) - (place.Y * along.X)));
            }

            sketch.Colours[at] = ((colour * shade) + new Vector3(Sheen * shine * sketch.Shades[at])) * light.Gain;
        }
    }

    private static (Vector3 Colour, bool Bare) Colour(in Bone bone, Vector2 point, float unit, Wardrobe wardrobe, Vector3 skin) => bone.Part switch
    {
        BodyPart.Torso or BodyPart.UpperArm => (wardrobe.Upper, false),
        BodyPart.Forearm when !wardrobe.ShortSleeves => (wardrobe.Upper, false),
        BodyPart.Thigh => (wardrobe.Lower, false),
        BodyPart.Shin when !wardrobe.ShortTrousers => (wardrobe.Lower, false),
        BodyPart.Foot => (wardrobe.Shoes, true),
        BodyPart.Neck when Vector2.Distance(point, bone.To) > 0.42f * unit && point.Y > bone.To.Y => (wardrobe.Upper, false),
        _ => (skin, true),
    };

    /// <summary>Enlarges the sketch and lays it over the layer, with grain like the picture's.</summary>
    private static void Lay(Sketch sketch, PixelBuffer layer, (int X, int Y) corner, PixelRect area, float scale, in SceneLight light, Cloth grain)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var row = MemoryMarshal.Cast<byte, Rgb>(layer.Row(y - corner.Y))[(area.Left - corner.X)..];
            for (var x = area.Left; x < area.Right; x++)
            {
                var (colour, cover) = sketch.At(((x - area.Left + 0.5f) * scale) - 0.5f, ((y - area.Top + 0.5f) * scale) - 0.5f);
                if (cover <= 0)
                {
                    continue;
                }

                ref var pixel = ref row[x - area.Left];
                var own = colour + new Vector3(2 * light.Grain * grain.Grain(x, y));
                var mixed = Vector3.Clamp(Vector3.Lerp(new Vector3(pixel.R, pixel.G, pixel.B), own, cover) + new Vector3(0.5f), Vector3.Zero, new Vector3(byte.MaxValue));
                pixel = new Rgb((byte)mixed.X, (byte)mixed.Y, (byte)mixed.Z);
            }
        }
    }
}
