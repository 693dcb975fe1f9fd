using System.Numerics;

namespace Veil.Anonymization.Synthesis.Figures;

/// <summary>What a bone carries.</summary>
internal enum BodyPart
{
    /// <summary>Chest and belly.</summary>
    Torso,

    /// <summary>The neck.</summary>
    Neck,

    /// <summary>The head, which is drawn by itself: where it is nearest, the figure leaves room.</summary>
    Head,

    /// <summary>From shoulder to elbow.</summary>
    UpperArm,

    /// <summary>From elbow to wrist.</summary>
    Forearm,

    /// <summary>A hand.</summary>
    Hand,

    /// <summary>From hip to knee.</summary>
    Thigh,

    /// <summary>From knee to ankle.</summary>
    Shin,

    /// <summary>A foot.</summary>
    Foot,
}

/// <summary>A part of a figure: a capsule whose radius changes along it; of the torso cut straight at its end, as a shirt is.</summary>
/// <param name="Part">What it carries.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends; may be the same place.</param>
/// <param name="FromRadius">Above 0.</param>
/// <param name="ToRadius">Above 0.</param>
/// <param name="Front">The higher, the nearer to the viewer.</param>
/// <param name="Seen">Whether both ends were seen: others fill the outline, but do not add to it.</param>
internal readonly record struct Bone(BodyPart Part, Vector2 From, Vector2 To, float FromRadius, float ToRadius, int Front, bool Seen)
{
    /// <summary>How far a point is from the middle line, in radii, where along it, and in which direction.</summary>
    public (float Radii, float Along, Vector2 Away) Measure(Vector2 point)
    {
        var along = To - From;
        var length = along.LengthSquared();
        var whole = length > 0 ? Vector2.Dot(point - From, along) / length : 0;
        var t = Math.Clamp(whole, 0, 1);
        var radius = float.Lerp(FromRadius, ToRadius, t);
        var away = point - (From + (along * (Part == BodyPart.Torso ? Math.Max(whole, 0) : t)));
        var distance = away.Length();
        var beyond = Part == BodyPart.Torso && whole > 1 ? 1 + ((whole - 1) * along.Length() / radius) : 0;
        return (Math.Max(distance / radius, beyond), t, distance > 0 ? away / distance : Vector2.Zero);
    }
}
