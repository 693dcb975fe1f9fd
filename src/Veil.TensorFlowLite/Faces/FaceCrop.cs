using System.Numerics;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.TensorFlowLite.Faces;

/// <summary>The square of a picture that the landmark network looks at: around a face, and upright in it.</summary>
/// <param name="Center">Its middle, pixel-edge coordinates.</param>
/// <param name="Side">Its side in pixels, above 0.</param>
/// <param name="Roll">Its rotation, radians, clockwise positive.</param>
internal readonly record struct FaceCrop(Vector2 Center, float Side, float Roll)
{
    /// <summary>As MediaPipe's face landmarker enlarges the box that it detected.</summary>
    private const float Margin = 1.5f;

    /// <summary>The square for a face: turned with the line between its eyes where that is known.</summary>
    public static FaceCrop Around(Region face) =>
        new(new Vector2(face.Box.CenterX, face.Box.CenterY), face.Box.LongSide * Margin, face.Landmarks?.Roll ?? 0);

    /// <summary>From coordinates inside the square, 0..1 to both sides, to the picture's.</summary>
    public Matrix3x2 ToPicture() =>
        Matrix3x2.CreateTranslation(-0.5f, -0.5f) * Matrix3x2.CreateScale(Side) * Matrix3x2.CreateRotation(Roll) * Matrix3x2.CreateTranslation(Center);

    /// <summary>Every pixel that is read when the square is sampled, however it is turned; may reach over the border.</summary>
    public PixelRect Reads()
    {
        var half = Side / MathF.Sqrt(2);
        return new Box(Center.X - half, Center.Y - half, Center.X + half, Center.Y + half).ToPixels().Inflate(1);
    }
}
