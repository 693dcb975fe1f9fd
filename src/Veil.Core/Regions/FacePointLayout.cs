namespace Veil.Regions;

/// <summary>In which order dense face points come.</summary>
public enum FacePointLayout
{
    /// <summary>The 68 points of iBUG 300-W, as dlib's shape predictor gives them.</summary>
    Ibug68,

    /// <summary>The 468 points of MediaPipe's face mesh and its 10 iris points.</summary>
    MediaPipe478,
}
