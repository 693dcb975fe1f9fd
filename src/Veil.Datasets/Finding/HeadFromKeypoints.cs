using System.Collections.Immutable;
using System.Numerics;
using Veil.Regions;
using static Veil.Regions.CocoPoints;

namespace Veil.Datasets.Finding;

/// <summary>
/// Where a face or head is, from nose, eyes and ears. The unit is the width of a head, taken as the largest that any pair of
/// points asks for, in the proportions of adults (eyes 63 mm apart, ears 150 mm, nose to eye 53 mm, nose to ear 120 mm and eye
/// to ear 95 mm seen from the side, shoulders 390 mm); a square around the points is then right for any roll and yaw.
/// </summary>
internal static class HeadFromKeypoints
{
    private const float FaceReach = 0.75f;
    private const float HeadReach = 1.15f;

    private static readonly (int One, int Other, float Widths)[] Pairs =
    [
        (LeftEar, RightEar, 1f), (LeftEye, RightEye, 2.4f), (LeftEye, LeftEar, 1.6f), (RightEye, RightEar, 1.6f),
        (Nose, LeftEar, 1.25f), (Nose, RightEar, 1.25f), (Nose, LeftEye, 2.8f), (Nose, RightEye, 2.8f),
    ];

    /// <summary>The box of a face or head; null where too few points are known to tell its size.</summary>
    /// <param name="points">COCO's 17 points.</param>
    /// <param name="kind">Face or head.</param>
    /// <param name="person">The person's box: a head is not larger.</param>
    public static Box? Find(ImmutableArray<Keypoint> points, RegionKind kind, Box person)
    {
        if (points.Length != KeypointSkeleton.Names.Count)
        {
            return null;
        }

        var known = Enumerable.Range(Nose, RightEar + 1).Where(i => points[i].State != KeypointState.Absent).Select(i => At(points, i)).ToImmutableArray();
        if (known.IsEmpty)
        {
            return null;
        }

        var width = Pairs.Where(pair => Has(points, pair.One) && Has(points, pair.Other)).Select(pair => pair.Widths * Vector2.Distance(At(points, pair.One), At(points, pair.Other))).DefaultIfEmpty(0).Max();
        if (Has(points, LeftShoulder) && Has(points, RightShoulder))
        {
            // A face seen from the side, or by a single point, is no smaller than shoulders say.
            width = Math.Max(width, Vector2.Distance(At(points, LeftShoulder), At(points, RightShoulder)) / 3f);
        }

        // An adult's head is a twelfth as wide as they are tall; points that say much less were seen edge-on, and tell no size.
        if (!(width > person.LongSide / 16))
        {
            return null;
        }

        width = Math.Min(width, Math.Max(person.LongSide, 1));
        var reach = (kind == RegionKind.Head ? HeadReach : FaceReach) * width;
        var centre = known.Aggregate(Vector2.Zero, (sum, point) => sum + point) / known.Length;
        var around = Box.Around(known);
        var margin = 0.35f * width;
        return new Box(centre.X - reach, centre.Y - reach, centre.X + reach, centre.Y + reach)
            .Union(new Box(around.Left - margin, around.Top - margin, around.Right + margin, around.Bottom + margin));
    }

    private static bool Has(ImmutableArray<Keypoint> points, int index) => points[index].State != KeypointState.Absent;

    private static Vector2 At(ImmutableArray<Keypoint> points, int index) => new((float)points[index].X, (float)points[index].Y);
}
