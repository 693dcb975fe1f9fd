using Veil.Anonymization.Faces;
using Veil.Anonymization.Synthesis.Film;

namespace Veil.Anonymization.Synthesis;

/// <summary>A place for a face: what is left of the one that is covered, and what shows around it.</summary>
/// <param name="Shape">Where the parts of the covered face are, in the picture.</param>
/// <param name="Frame">Of the shape.</param>
/// <param name="Look">The covered face in coarse steps.</param>
/// <param name="Around">What shows.</param>
/// <param name="Film">What a film has kept of it; null in stills.</param>
internal sealed record FacePlace(FaceShape Shape, FaceFrame Frame, PlaceLook Look, Surroundings Around, TrackedFace? Film)
{
    /// <summary>Looks at the place of a canvas.</summary>
    /// <param name="scene">The picture.</param>
    /// <param name="canvas">The place.</param>
    /// <param name="film">What a film has kept of it; null in stills.</param>
    public static FacePlace Of(CoveredScene scene, RegionCanvas canvas, TrackedFace? film)
    {
        var shape = film?.Shape.Next(canvas.Region) ?? FaceShape.Of(canvas.Region);
        var frame = FaceFrame.Of(shape);

        // Soft edges and what the mask leaves out show somebody or something else.
        var light = FaceLight.Measure(scene.Original, frame, (x, y) => canvas.Mask[x, y] == byte.MaxValue)
            ?? FaceLight.Measure(scene.Original, frame, (x, y) => canvas.Mask[x, y] != 0);
        var around = Surroundings.Of(scene, canvas);
        var tone = light is { } known ? PlaceTone.Of(known, around.Luma) : PlaceTone.Unknown;
        return new FacePlace(shape, frame, PlaceLook.Of(shape, tone), around, film);
    }
}
