using Veil.Identity;

namespace Veil.FaceChoice;

/// <summary>What is measured of a generated face.</summary>
internal sealed record FaceLook
{
    /// <summary>Of its latent.</summary>
    public required ulong Seed { get; init; }

    /// <summary>RetinaFace's, 0..1.</summary>
    public required float Score { get; init; }

    /// <summary>How far apart the points are that are found from the usual place and from the detector's box, pixels of 128 in the mean.</summary>
    public required float Doubt { get; init; }

    /// <summary>Degrees, clockwise.</summary>
    public required float Roll { get; init; }

    /// <summary>The nose's way off the line from eyes to mouth, over that line's length; beyond ±0.5 a profile.</summary>
    public required float Yaw { get; init; }

    /// <summary>How far down that line the nose is: less when looking up.</summary>
    public required float Pitch { get; init; }

    /// <summary>How far apart the lips are, over that line's length.</summary>
    public required float Mouth { get; init; }

    /// <summary>Median luma of five places of skin, 0..255.</summary>
    public required float Luma { get; init; }

    /// <summary>SFace's.</summary>
    public required FaceEmbedding Embedding { get; init; }

    /// <summary>The picture in 16×16 tiles, RGB.</summary>
    public required IReadOnlyList<float> Tiles { get; init; }

    /// <summary>Whether it looks well formed: what a detector is sure of and two looks agree on, not turned by more than 18°.</summary>
    public bool IsSound => Score >= 0.99f && Doubt <= 1.6f && MathF.Abs(Roll) <= 18;

    /// <summary>Whether it passes for the same person as another face, to SFace.</summary>
    public bool IsLike(FaceLook other) => Embedding.Similarity(other.Embedding) >= 0.363f;

    /// <summary>How different two faces are in pose, mouth and brightness, in steps that look about equally large.</summary>
    public float DistanceTo(FaceLook other) => MathF.Sqrt(
        Square((Yaw - other.Yaw) / 0.12f) + Square((Pitch - other.Pitch) / 0.1f) + Square((Mouth - other.Mouth) / 0.1f) + Square((Luma - other.Luma) / 30));

    private static float Square(float value) => value * value;
}
