using System.Collections.Immutable;
using System.Numerics;
using Veil.Regions;
using static Veil.Regions.CocoPoints;

namespace Veil.Anonymization.Synthesis.Figures;

/// <summary>Where a figure's parts are: from a pose, with everybody's proportions alike, so that of a build nothing is left.</summary>
/// <param name="Bones">In no order.</param>
/// <param name="Unit">Height of the head, pixels: what proportions are told in.</param>
/// <param name="Head">Where the head is; null where none is seen.</param>
internal sealed record Skeleton(ImmutableArray<Bone> Bones, float Unit, HeadPlace? Head)
{
    // In heads, of an adult of seven and a half (Loomis, Figure Drawing for All It's Worth, 1943).
    private const float TorsoHeads = 2.2f;
    private const float ShouldersHeads = 1.6f;
    private const float LegHeads = 1.9f;

    /// <summary>Points are rounded to this share of the box: a stance is kept, a build is not.</summary>
    private const float Step = 1 / 64f;

    /// <summary>Makes a skeleton of a pose.</summary>
    /// <param name="pose">Seventeen points, NaN where one is not seen, or none.</param>
    /// <param name="box">The body.</param>
    /// <returns>Null where the pose does not say how the body stands.</returns>
    public static Skeleton? Of(ImmutableArray<Vector2> pose, Box box)
    {
        if (pose.Length != CocoPoints.Count)
        {
            return null;
        }

        var step = Step * box.LongSide;
        Vector2[] points = [.. pose.Select(point => new Vector2(MathF.Round((point.X - box.Left) / step), MathF.Round((point.Y - box.Top) / step)) * step + new Vector2(box.Left, box.Top))];
        if (!IsSeen(points[LeftShoulder]) || !IsSeen(points[RightShoulder]))
        {
            return null;
        }

        var shoulders = (points[LeftShoulder] + points[RightShoulder]) / 2;
        var width = Vector2.Distance(points[LeftShoulder], points[RightShoulder]);
        var hipsSeen = IsSeen(points[LeftHip]) && IsSeen(points[RightHip]);
        var hips = hipsSeen ? (points[LeftHip] + points[RightHip]) / 2
            : shoulders + new Vector2(0, TorsoHeads * Math.Max(width / ShouldersHeads, box.LongSide / 12));
        var unit = Math.Max(Vector2.Distance(shoulders, hips) / TorsoHeads, width / ShouldersHeads);
        if (!(unit > 0) || unit > box.LongSide)
        {
            return null;
        }

        if (!hipsSeen)
        {
            var side = new Vector2(0.5f * unit, 0);
            (points[LeftHip], points[RightHip]) = points[LeftShoulder].X >= points[RightShoulder].X ? (hips + side, hips - side) : (hips - side, hips + side);
        }

        var bones = ImmutableArray.CreateBuilder<Bone>();
        AddTorso(bones, points, shoulders, hips, unit, hipsSeen);
        foreach (var side in new[] { 0, 1 })
        {
            AddArm(bones, points[LeftShoulder + side], points[7 + side], points[9 + side], unit);
            AddLeg(bones, points[LeftHip + side], points[13 + side], points[15 + side], hips.X, unit, hipsSeen);
        }

        var head = HeadOf(points, shoulders, unit);
        if (head is { } place)
        {
            bones.Add(new Bone(BodyPart.Neck, place.Middle, shoulders, 0.24f * unit, 0.3f * unit, 2, Seen: true));
            bones.Add(new Bone(BodyPart.Head, place.Middle, place.Middle + (place.Up * 0.3f * place.Size), 0.85f * place.Size, 0.85f * place.Size, -1, Seen: false));
        }

        return new Skeleton(bones.ToImmutable(), unit, head);
    }

    private static void AddTorso(ImmutableArray<Bone>.Builder bones, Vector2[] points, Vector2 shoulders, Vector2 hips, float unit, bool seen)
    {
        var down = Vector2.Normalize(hips - shoulders + new Vector2(0, 1e-3f));
        var chest = Math.Max(0.55f * unit, (Vector2.Distance(points[LeftShoulder], points[RightShoulder]) / 2) + (0.02f * unit));
        var belly = Math.Max(0.55f * unit, (Vector2.Distance(points[LeftHip], points[RightHip]) / 2) + (0.32f * unit));
        bones.Add(new Bone(BodyPart.Torso, shoulders + (down * (chest - (0.12f * unit))), hips + (down * 0.3f * unit), chest, belly, 1, seen));
        bones.Add(new Bone(BodyPart.UpperArm, points[LeftShoulder], points[RightShoulder], 0.28f * unit, 0.28f * unit, 1, Seen: true));
    }

    private static void AddArm(ImmutableArray<Bone>.Builder bones, Vector2 shoulder, Vector2 elbow, Vector2 wrist, float unit)
    {
        if (!IsSeen(elbow))
        {
            return;
        }

        bones.Add(new Bone(BodyPart.UpperArm, shoulder, elbow, 0.26f * unit, 0.2f * unit, 3, Seen: true));
        if (IsSeen(wrist))
        {
            bones.Add(new Bone(BodyPart.Forearm, elbow, wrist, 0.19f * unit, 0.13f * unit, 4, Seen: true));
            var along = (wrist - elbow) / Math.Max(1e-3f, Vector2.Distance(wrist, elbow));
            bones.Add(new Bone(BodyPart.Hand, wrist + (along * 0.1f * unit), wrist + (along * 0.4f * unit), 0.14f * unit, 0.11f * unit, 5, Seen: true));
        }
    }

    private static void AddLeg(ImmutableArray<Bone>.Builder bones, Vector2 hip, Vector2 knee, Vector2 ankle, float middle, float unit, bool hipsSeen)
    {
        var (kneeSeen, ankleSeen) = (hipsSeen && IsSeen(knee), IsSeen(knee) && IsSeen(ankle));
        knee = IsSeen(knee) ? knee : hip + new Vector2(0, LegHeads * unit);
        ankle = ankleSeen ? ankle : knee + new Vector2(0, LegHeads * unit);
        bones.Add(new Bone(BodyPart.Thigh, hip + ((knee - hip) * 0.12f), knee, 0.42f * unit, 0.3f * unit, 0, kneeSeen));
        bones.Add(new Bone(BodyPart.Shin, knee, ankle, 0.29f * unit, 0.2f * unit, 0, ankleSeen));
        if (ankleSeen)
        {
            // Feet point a little outwards.
            var outwards = MathF.Sign(hip.X - middle) * 0.22f * unit;
            bones.Add(new Bone(BodyPart.Foot, ankle + new Vector2(0, 0.12f * unit), ankle + new Vector2(outwards, 0.24f * unit), 0.17f * unit, 0.13f * unit, 0, Seen: true));
        }
    }

    private static HeadPlace? HeadOf(Vector2[] points, Vector2 shoulders, float unit)
    {
        if (!IsSeen(points[Nose]))
        {
            return null;
        }

        // A face's size is told best by the ears, unless they are behind each other.
        var ears = IsSeen(points[LeftEar]) && IsSeen(points[RightEar]) ? Vector2.Distance(points[LeftEar], points[RightEar]) / 0.68f : 0;
        var size = Math.Clamp(ears, unit, 1.2f * unit);
        var neck = points[Nose] - shoulders;
        var up = neck.Y < -0.3f * unit ? Vector2.Normalize(neck) : -Vector2.UnitY;
        var eyes = IsSeen(points[LeftEye]) && IsSeen(points[RightEye]) ? points[LeftEye] - points[RightEye] : Vector2.Zero;
        if (eyes.X > 0.15f * unit)
        {
            up = Vector2.Normalize(new Vector2(eyes.Y, -eyes.X));
        }

        // Whose left side is on the viewer's left shows the back, unless the eyes say otherwise.
        var turned = points[LeftShoulder].X - points[RightShoulder].X + points[LeftHip].X - points[RightHip].X;
        return new HeadPlace(points[Nose], up, size, turned < -0.35f * unit && eyes.X <= 0.1f * unit);
    }

    private static bool IsSeen(Vector2 point) => float.IsFinite(point.X + point.Y);
}

/// <summary>Where a head is.</summary>
/// <param name="Middle">The tip of the nose, seen from the front.</param>
/// <param name="Up">To the crown; of length 1.</param>
/// <param name="Size">From chin to crown, pixels.</param>
/// <param name="FromBehind">Whether it is seen from behind.</param>
internal readonly record struct HeadPlace(Vector2 Middle, Vector2 Up, float Size, bool FromBehind)
{
    /// <summary>Five points of a face on such a head.</summary>
    public FaceLandmarks Face()
    {
        var (middle, up, right) = (Middle, Up * Size, new Vector2(-Up.Y, Up.X) * Size);
        return new FaceLandmarks(
            middle + (up * 0.17f) - (right * 0.145f), middle + (up * 0.17f) + (right * 0.145f), middle,
            middle - (up * 0.17f) - (right * 0.11f), middle - (up * 0.17f) + (right * 0.11f));
    }

    /// <summary>The head that a face belongs to.</summary>
    public static HeadPlace Of(FaceLandmarks face)
    {
        var (eyes, mouth) = ((face.LeftEye + face.RightEye) / 2, (face.LeftMouth + face.RightMouth) / 2);
        var up = eyes - mouth;
        var size = Math.Max(up.Length() / 0.34f, Vector2.Distance(face.LeftEye, face.RightEye) / 0.29f);
        return new HeadPlace((eyes + mouth) / 2, up.Length() > 0 ? Vector2.Normalize(up) : -Vector2.UnitY, size, FromBehind: false);
    }
}
