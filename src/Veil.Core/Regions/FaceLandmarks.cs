using System.Numerics;

namespace Veil.Regions;

/// <summary>
/// The five points that face detectors give, in pixel-edge coordinates. Left and right are the viewer's:
/// <see cref="LeftEye"/> is the eye further left in an upright picture.
/// </summary>
/// <param name="LeftEye">Eye on the viewer's left.</param>
/// <param name="RightEye">Eye on the viewer's right.</param>
/// <param name="Nose">Tip of the nose.</param>
/// <param name="LeftMouth">Mouth corner on the viewer's left.</param>
/// <param name="RightMouth">Mouth corner on the viewer's right.</param>
public sealed record FaceLandmarks(Vector2 LeftEye, Vector2 RightEye, Vector2 Nose, Vector2 LeftMouth, Vector2 RightMouth)
{
    /// <summary>In-plane rotation in radians, clockwise positive in the picture (y points down); 0 is upright.</summary>
    public float Roll => MathF.Atan2(RightEye.Y - LeftEye.Y, RightEye.X - LeftEye.X);

    /// <summary>All five, in the order of the constructor.</summary>
    public IReadOnlyList<Vector2> Points => [LeftEye, RightEye, Nose, LeftMouth, RightMouth];

    /// <summary>Each point changed alike.</summary>
    public FaceLandmarks Map(Func<Vector2, Vector2> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new FaceLandmarks(map(LeftEye), map(RightEye), map(Nose), map(LeftMouth), map(RightMouth));
    }
}
