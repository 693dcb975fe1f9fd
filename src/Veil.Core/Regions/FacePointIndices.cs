using System.Collections.Immutable;

namespace Veil.Regions;

/// <summary>
/// Which points of a layout make up which part of a face. Left and right are the viewer's. <c>Oval</c>, the closed contour
/// with the forehead, is empty where a layout has no points there.
/// </summary>
internal sealed record FacePointIndices(
    int Count, ImmutableArray<int> Oval, ImmutableArray<int> Jaw, ImmutableArray<int> LeftBrow, ImmutableArray<int> RightBrow,
    ImmutableArray<int> LeftEye, ImmutableArray<int> RightEye, ImmutableArray<int> Lips, int NoseTip, int LeftMouth, int RightMouth)
{
    /// <summary>Source: Sagonas et al., 300 Faces in-the-Wild Challenge, 2013, figure 1.</summary>
    private static readonly FacePointIndices Ibug68 = new(
        68, [], Range(0, 17), Range(17, 5), Range(22, 5), Range(36, 6), Range(42, 6), Range(48, 12), NoseTip: 30, LeftMouth: 48, RightMouth: 54);

    /// <summary>Source: MediaPipe's face_mesh_connections (FACE_OVAL, LIPS, LEFT_EYE, RIGHT_EYE, LEFT_EYEBROW, RIGHT_EYEBROW).</summary>
    private static readonly FacePointIndices MediaPipe478 = new(
        478,
        Oval:
        [
            10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
            152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
        ],
        Jaw: [127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454, 356],
        LeftBrow: [70, 63, 105, 66, 107],
        RightBrow: [336, 296, 334, 293, 300],
        LeftEye: [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
        RightEye: [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466],
        Lips: [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185],
        NoseTip: 1, LeftMouth: 61, RightMouth: 291);

    public static FacePointIndices Of(FacePointLayout layout) => layout switch
    {
        FacePointLayout.Ibug68 => Ibug68,
        FacePointLayout.MediaPipe478 => MediaPipe478,
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "Expected a known layout."),
    };

    private static ImmutableArray<int> Range(int start, int count) => [.. Enumerable.Range(start, count)];
}
