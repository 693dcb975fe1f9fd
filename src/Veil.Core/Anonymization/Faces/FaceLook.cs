using System.Numerics;

namespace Veil.Anonymization.Faces;

/// <summary>
/// What decides which average suits a face: how far it is turned to a side, how far up or down, how bright it is. Each in
/// steps that look about equally different. Nothing of who it is.
/// </summary>
/// <param name="Steps">Turn to a side (0 or more: left and right are alike), nod, brightness.</param>
internal readonly record struct FaceLook(Vector3 Steps)
{
    private static readonly Vector3 Step = new(0.12f, 0.1f, 30);

    /// <summary>The look of a face.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="brightness">Luma, 0..255.</param>
    public static FaceLook Of(FaceShape shape, float brightness) => new(new Vector3(MathF.Abs(shape.Yaw), shape.Pitch, brightness) / Step);

    /// <summary>How different two looks are.</summary>
    public float DistanceTo(FaceLook other) => Vector3.Distance(Steps, other.Steps);
}
