using System.Numerics;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.TensorFlowLite.Crops;

/// <summary>A square of a picture that a network looks at, turned so that what it shows stands upright in it.</summary>
/// <param name="Center">Its middle, pixel-edge coordinates.</param>
/// <param name="Side">Its side in pixels, above 0.</param>
/// <param name="Roll">Its rotation, radians, clockwise positive.</param>
internal readonly record struct SquareCrop(Vector2 Center, float Side, float Roll)
{
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
