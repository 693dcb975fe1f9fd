namespace Veil.Regions;

/// <summary>Places of points in a pose as COCO orders them; left and right are the person's own.</summary>
public static class CocoPoints
{
    /// <summary>Points of a pose.</summary>
    public const int Count = 17;

    /// <summary>The nose.</summary>
    public const int Nose = 0;

    /// <summary>The left eye.</summary>
    public const int LeftEye = 1;

    /// <summary>The right eye.</summary>
    public const int RightEye = 2;

    /// <summary>The left ear.</summary>
    public const int LeftEar = 3;

    /// <summary>The right ear.</summary>
    public const int RightEar = 4;

    /// <summary>The left shoulder.</summary>
    public const int LeftShoulder = 5;

    /// <summary>The right shoulder.</summary>
    public const int RightShoulder = 6;

    /// <summary>The left hip.</summary>
    public const int LeftHip = 11;

    /// <summary>The right hip.</summary>
    public const int RightHip = 12;
}
