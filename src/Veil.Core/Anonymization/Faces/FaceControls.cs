using System.Collections.Immutable;
using Veil.Regions;

namespace Veil.Anonymization.Faces;

/// <summary>
/// Which dense points hold a face while it is bent, and which is the mirror image of which. Contours of face, brows, eyes,
/// nose and mouth: the points between them follow.
/// </summary>
/// <param name="Index">Of the point.</param>
/// <param name="Mirror">Of the same point on the other side of the face; itself on the middle line.</param>
internal readonly record struct FaceControl(int Index, int Mirror)
{
    private static readonly ImmutableArray<FaceControl> Ibug68 =
    [
        .. Pairs([0, 1, 2, 3, 4, 5, 6, 7], [16, 15, 14, 13, 12, 11, 10, 9]), .. Middle([8]),
        .. Pairs([17, 18, 19, 20, 21], [26, 25, 24, 23, 22]),
        .. Middle([27, 28, 29, 30, 33]), .. Pairs([31, 32], [35, 34]),
        .. Pairs([36, 37, 38, 39, 40, 41], [45, 44, 43, 42, 47, 46]),
        .. Middle([51, 57, 62, 66]), .. Pairs([48, 49, 50, 58, 59, 60, 61, 67], [54, 53, 52, 56, 55, 64, 63, 65]),
    ];

    // The order of pairs follows MediaPipe's face_mesh_connections, which list both sides alike.
    private static readonly ImmutableArray<FaceControl> MediaPipe478 =
    [
        .. Middle([10, 152]),
        .. Pairs(
            [109, 67, 103, 54, 21, 162, 127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148],
            [338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377]),
        .. Pairs([70, 63, 105, 66, 107], [300, 293, 334, 296, 336]),
        .. Pairs(
            [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
            [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466]),
        .. Middle([168, 6, 197, 195, 5, 4, 1, 2]), .. Pairs([98, 48, 64, 129], [327, 278, 294, 358]),
        .. Middle([0, 17, 13, 14]),
        .. Pairs([61, 146, 91, 181, 84, 185, 40, 39, 37], [291, 375, 321, 405, 314, 409, 270, 269, 267]),
        .. Pairs([78, 95, 88, 178, 87, 191, 80, 81, 82], [308, 324, 318, 402, 317, 415, 310, 311, 312]),
    ];

    /// <summary>The controls of a layout.</summary>
    public static ImmutableArray<FaceControl> Of(FacePointLayout layout) => layout switch
    {
        FacePointLayout.Ibug68 => Ibug68,
        FacePointLayout.MediaPipe478 => MediaPipe478,
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "Expected a known layout."),
    };

    /// <summary>Places in the layout's controls of the inner lips' middle: the upper lip's lower edge and the lower one's upper edge.</summary>
    public static (int Upper, int Lower) InnerLips(FacePointLayout layout)
    {
        var (upper, lower) = layout == FacePointLayout.Ibug68 ? (62, 66) : (13, 14);
        var all = Of(layout);
        return (all.IndexOf(new FaceControl(upper, upper)), all.IndexOf(new FaceControl(lower, lower)));
    }

    private static IEnumerable<FaceControl> Middle(int[] points) => points.Select(point => new FaceControl(point, point));

    private static IEnumerable<FaceControl> Pairs(int[] left, int[] right) =>
        left.Zip(right, (a, b) => new FaceControl(a, b)).Concat(left.Zip(right, (a, b) => new FaceControl(b, a)));
}
