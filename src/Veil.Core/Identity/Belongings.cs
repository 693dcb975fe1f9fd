using Veil.Regions;

namespace Veil.Identity;

/// <summary>
/// Leaves clear the heads and bodies that surely belong to somebody whose face is left clear; all others stay hidden.
/// </summary>
/// <remarks>
/// A head or body belongs to a face when no other face reaches into it, the face lies inside it where a face is, and in no
/// other region of its kind. Who stands in front of somebody else, or in a crowd, is hidden but for the face.
/// </remarks>
internal static class Belongings
{
    /// <summary>There is at most so much above a face, in heights of the face: hair, or a hat.</summary>
    private const float Above = 1;

    /// <summary>A face's centre is in this middle part of its body's width.</summary>
    private const float MiddlePart = 0.6f;

    /// <summary>Detectors do not agree to the pixel: a face may reach beyond head or body by this share of these.</summary>
    private const float Tolerance = 0.1f;

    /// <summary>A face that is much smaller than its head or body is that of somebody behind: a share of the height. Adults are seven or eight heads tall.</summary>
    private const float LeastOfHead = 0.35f;
    private const float LeastOfBody = 0.07f;

    /// <summary>Judges the heads and bodies of a frame.</summary>
    /// <param name="judged">The regions of a frame, of which the faces are decided; changed.</param>
    public static void Decide(List<JudgedRegion> judged)
    {
        for (var i = 0; i < judged.Count; i++)
        {
            var region = judged[i].Region;
            if (region.Kind is not (RegionKind.Head or RegionKind.Body))
            {
                continue;
            }

            var faces = judged.FindAll(other => other.Region.Kind == RegionKind.Face && !other.Region.Box.Intersect(region.Box).IsEmpty);
            if (faces is [{ Clear: true, Region.Box: var face }] && IsFaceOf(face, region)
                && judged.Count(other => other.Region.Kind == region.Kind && !other.Region.Box.Intersect(face).IsEmpty) == 1)
            {
                judged[i] = judged[i] with { Clear = true };
            }
        }
    }

    private static bool IsFaceOf(Box face, Region region)
    {
        var box = region.Box;
        return face.Height >= (region.Kind == RegionKind.Head ? LeastOfHead : LeastOfBody) * box.Height
            && box.Grow(Tolerance).Intersect(face) == face
            && Math.Abs(face.CenterX - box.CenterX) < MiddlePart / 2 * box.Width
            && face.Top - box.Top < Above * face.Height;
    }
}
