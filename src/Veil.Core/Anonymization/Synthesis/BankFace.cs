using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis;

/// <summary>A face of the bank with what its choice needs, measured in its small picture. Immutable.</summary>
internal sealed class BankFace
{
    // Where hair is looked for, in FaceFrame's lengths: left, above and right of the forehead, inside most crops.
    private static readonly Vector2[] HairPlaces = [new(-1.05f, -1.1f), new(0, -1.6f), new(1.05f, -1.1f)];

    private readonly GeneratedFace _face;

    private BankFace(GeneratedFace face, FaceShape shape, ImmutableArray<Vector2> outline, FaceLight light, ImmutableArray<Vector3> hair) =>
        (_face, Shape, Outline, Light, Hair) = (face, shape, outline, light, hair);

    /// <summary>In the small picture's coordinates.</summary>
    public FaceShape Shape { get; }

    /// <summary>Closed contour of the face, forehead included, in the small picture's coordinates.</summary>
    public ImmutableArray<Vector2> Outline { get; }

    /// <summary>Its colours and light.</summary>
    public FaceLight Light { get; }

    /// <summary>Colours of the hair on the viewer's left, above, and on the right.</summary>
    public ImmutableArray<Vector3> Hair { get; }

    /// <summary>Columns of the small picture.</summary>
    public int Width => _face.Small.Width;

    /// <summary>The picture to draw with, <see cref="PixelFormat.Rgb24"/>; only read, and not to be disposed.</summary>
    /// <param name="scale">How large the face is to become by its size in the small picture.</param>
    public PixelBuffer PictureFor(float scale) => scale <= 1 ? _face.Small : _face.Picture;

    /// <summary>Looks at a face of the bank.</summary>
    /// <param name="face">The face.</param>
    /// <param name="enlargement">How many times as wide its large picture is as the small one.</param>
    /// <returns>Null where the bank does not know the face's contour.</returns>
    public static BankFace? Of(GeneratedFace face, float enlargement)
    {
        if (face.Face.Points is not { } large)
        {
            return null;
        }

        var points = large.Map(point => point / enlargement);
        var shape = FaceShape.Of(points);
        var frame = FaceFrame.Of(shape);
        return FaceLight.Measure(face.Small, frame, static (_, _) => true) is { } light
            ? new BankFace(face, shape, points.Outline, light, [.. HairPlaces.Select(place => HairAt(face.Small, frame, place))])
            : null;
    }

    private static Vector3 HairAt(PixelBuffer picture, FaceFrame frame, Vector2 place)
    {
        const int around = 3;
        var meter = default(ColourMeter);
        for (var i = 0; i < around * around; i++)
        {
            var at = frame.ToPicture(place.X + (0.1f * ((i % around) - 1)), place.Y + (0.1f * ((i / around) - 1)));
            var (x, y) = ((int)Math.Clamp(at.X, 0, picture.Width - 1), (int)Math.Clamp(at.Y, 0, picture.Height - 1));
            meter.Add(picture.Row(y).Slice(3 * x, 3));
        }

        return meter.Statistics.Mean;
    }
}
