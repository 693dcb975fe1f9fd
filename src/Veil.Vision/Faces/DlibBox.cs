using Veil.Regions;

namespace Veil.Vision.Faces;

/// <summary>
/// What dlib's shape predictor expects of a box: a square as dlib's own detectors make it. The figures are medians over 160
/// generated portraits, dlib's HOG box against the other detector's of the same face. Neural detectors (RetinaFace / YuNet):
/// centre lower by 0.045 / 0.041 of the height, side 0.89 / 0.91 of the square root of the area. OpenCV's frontal cascade:
/// centre lower by 0.068, side 0.85. No shift to the side was found that is not noise.
/// </summary>
internal static class DlibBox
{
    private const float NeuralDrop = 0.043f;
    private const float NeuralSide = 0.90f;
    private const float CascadeDrop = 0.068f;
    private const float CascadeSide = 0.85f;

    /// <summary>The square that dlib would have made of this face; boxes drawn by hand or annotated count as neural ones.</summary>
    public static Box For(Region face) => face.Origin.Name switch
    {
        "hog" or "dlib-cnn" => face.Box,
        "haar" => Square(face.Box, CascadeDrop, CascadeSide),
        _ => Square(face.Box, NeuralDrop, NeuralSide),
    };

    private static Box Square(Box box, float drop, float share)
    {
        var side = MathF.Sqrt(box.Width * box.Height) * share;
        return Box.FromSize(box.CenterX - (side / 2), box.CenterY + (drop * box.Height) - (side / 2), side, side);
    }
}
