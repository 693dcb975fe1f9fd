using System.Collections.Immutable;
using System.Numerics;

namespace Veil.Anonymization.Synthesis;

/// <summary>A face of the bank, as it is or mirrored.</summary>
/// <param name="Face">The face.</param>
/// <param name="IsMirrored">Whether left and right are exchanged.</param>
internal readonly record struct ChosenFace(BankFace Face, bool IsMirrored)
{
    /// <summary>From the bank's small picture to the same, mirrored where that is chosen.</summary>
    public Matrix3x2 Flip => IsMirrored ? new Matrix3x2(-1, 0, 0, 1, Face.Width, 0) : Matrix3x2.Identity;
}

/// <summary>
/// Chooses a face of the bank for a place: of those that suit about equally well, chance takes one, so that the choice does not
/// tell who was there. What the place tells is a <see cref="PlaceLook"/>, and the colours around it, which show anyway.
/// </summary>
internal static class FaceChoice
{
    // So many faces suit about equally well.
    private const int Suitable = 12;

    // Turns and nods that look about equally different; the place tells them more coarsely than that.
    private const float YawUnit = 0.15f;
    private const float PitchUnit = 0.12f;

    // Brightness, and colours of the hair, that look about as different as one such turn.
    private const float LumaStep = 45;
    private const float HairStep = 38;
    private const float SlopeStep = 0.22f;
    private const float MouthStep = 1.4f;

    // Shares of brightness by which a plain face varies, and what more costs: harsh light looks pasted in anywhere.
    private const float PlainSpread = 0.22f;
    private const float SpreadStep = 0.07f;

    /// <summary>Chooses.</summary>
    /// <param name="bank">One face or more.</param>
    /// <param name="look">Of the place.</param>
    /// <param name="hair">Colours around the place: on the left, above, on the right; null where nothing shows.</param>
    /// <param name="taken">Faces that others in the picture have; they are passed over while there are others.</param>
    /// <param name="random">Decides among what suits.</param>
    public static ChosenFace Choose(IReadOnlyList<BankFace> bank, PlaceLook look, ImmutableArray<Vector3?> hair, IReadOnlySet<BankFace> taken, SplitMix64 random)
    {
        var suitable = bank
            .Where(face => !taken.Contains(face))
            .DefaultIfEmpty(bank[random.Below(bank.Count)])
            .Select(face => (Straight: Misfit(face, look, hair, 1), Mirrored: Misfit(face, look, hair, -1), Face: face))
            .OrderBy(one => Math.Min(one.Straight, one.Mirrored))
            .Take(Suitable)
            .Select(one => new ChosenFace(one.Face, one.Mirrored < one.Straight))
            .ToList();
        return suitable[random.Below(suitable.Count)];
    }

    private static float Misfit(BankFace face, PlaceLook look, ImmutableArray<Vector3?> hair, int side)
    {
        var yaw = ((side * face.Shape.Yaw) - (look.Yaw * PlaceLook.YawStep)) / YawUnit;
        var pitch = (face.Shape.Pitch - PlaceLook.LevelPitch - (look.Pitch * PlaceLook.PitchStep)) / PitchUnit;
        var mouth = MouthStep * (PlaceLook.MouthOf(face.Shape) - look.Mouth);
        var luma = (face.Light.Mean.X - look.Tone.Luma) / LumaStep;
        var slope = face.Light.Slope;
        var harsh = Math.Max(0, face.Light.Spread - PlainSpread) / SpreadStep;
        return (yaw * yaw) + (pitch * pitch) + (mouth * mouth) + (luma * luma) + (harsh * harsh)
            + (slope.LengthSquared() / (SlopeStep * SlopeStep)) + Clash(face, hair, side);
    }

    private static float Clash(BankFace face, ImmutableArray<Vector3?> hair, int side)
    {
        var sum = 0f;
        for (var i = 0; i < hair.Length; i++)
        {
            if (hair[side > 0 ? i : hair.Length - 1 - i] is { } colour)
            {
                sum += Vector3.DistanceSquared(colour, face.Hair[i]) / (HairStep * HairStep);
            }
        }

        // Much more than a few steps is wrong in any case, and must not outweigh the rest.
        return Math.Min(sum / hair.Length, 12);
    }
}
