using System.Collections.Immutable;
using System.Numerics;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Faces;

/// <summary>
/// The upright square in which faces are averaged: five eye distances wide, so that it holds the head and what a soft,
/// grown mask covers around it.
/// </summary>
internal static class CanonicalFace
{
    /// <summary>Columns and rows, pixels.</summary>
    public const int Side = 400;

    private const float EyeDistance = 80;

    // Where the five points of a mean frontal face lie, in the 112-pixel square of recognition networks (ArcFace).
    private static readonly ImmutableArray<Vector2> Recognition =
        [new(38.2946f, 51.6963f), new(73.5318f, 51.5014f), new(56.0252f, 71.7366f), new(41.5493f, 92.3655f), new(70.7299f, 92.2041f)];

    /// <summary>The same points here.</summary>
    public static ImmutableArray<Vector2> Five { get; } =
        [.. Recognition.Select(point => ((point - Recognition[2]) * (EyeDistance / (Recognition[1].X - Recognition[0].X))) + new Vector2(Side / 2f, Side * 0.53f))];

    /// <summary>What the ellipse of a grown face region spans here.</summary>
    public static Box Box { get; } = new(Side * 0.13f, Side * 0.04f, Side * 0.87f, Side * 0.96f);

    /// <summary>Turns, scales and shifts a face into the square, and mirrors it if it looks to the viewer's left.</summary>
    /// <param name="photo">The face; stays the caller's.</param>
    public static FacePicture From(FacePicture photo)
    {
        var to = Similarity.Fit(photo.Shape.Five.AsSpan(), Five.AsSpan());
        var pixels = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        var shape = photo.Shape.Map(point => Vector2.Transform(point, to));
        FaceWarp.Draw(photo with { Shape = photo.Shape.Coarse() }, pixels, shape.Coarse(), Box);
        var face = new FacePicture(pixels, shape);
        if (shape.Yaw >= 0)
        {
            return face;
        }

        using (face)
        {
            return face.Mirrored();
        }
    }
}
