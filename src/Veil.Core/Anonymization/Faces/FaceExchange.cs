using Veil.Imaging;

namespace Veil.Anonymization.Faces;

/// <summary>Draws one person's face in another's place.</summary>
internal static class FaceExchange
{
    // Turns to different sides, this far apart together, look better mirrored than bent.
    private const float OppositeTurns = 0.2f;

    // The degree of FaceFit: the giver's face keeps its own features, and is squeezed as the place's head is turned. Bent to
    // the place's contours it looks distorted, ears and hair most of all.
    private const int Squeezed = 1;

    /// <summary>Draws the canvas's target: the face turned as the place's was, in the place's colours, without a seam.</summary>
    public static void Draw(CoveredScene scene, FacePicture face, RegionCanvas canvas)
    {
        var domain = FaceBlend.Domain(scene, canvas);
        var box = canvas.Region.Box.Offset(-domain.Left, -domain.Top);
        var shape = FaceShape.Of(canvas.Region).Map(point => new(point.X - domain.Left, point.Y - domain.Top));
        using var patch = new PixelBuffer(domain.Width, domain.Height, PixelFormat.Rgb24);
        if (face.Shape.Yaw * shape.Yaw < 0 && MathF.Abs(face.Shape.Yaw - shape.Yaw) > OppositeTurns)
        {
            using var mirrored = face.Mirrored();
            FaceWarp.Draw(mirrored, patch, FaceFit.Fit(mirrored.Shape, shape, Squeezed), box);
        }
        else
        {
            FaceWarp.Draw(face, patch, FaceFit.Fit(face.Shape, shape, Squeezed), box);
        }

        // Only what is covered wholly counts as the person's own colours.
        var (left, top) = (canvas.Area.Left - domain.Left, canvas.Area.Top - domain.Top);
        using var place = scene.Original.View(domain);
        var own = FaceBlend.Measure(place, box, Counts);
        FaceBlend.Match(patch, FaceBlend.Measure(patch, box, Counts), own);
        FaceBlend.Lay(scene, canvas, patch);

        bool Counts(int x, int y) =>
            x >= left && y >= top && x - left < canvas.Width && y - top < canvas.Height && canvas.Coverage(y - top)[x - left] == byte.MaxValue;
    }
}
