using Veil.Imaging;
using Veil.Regions;

namespace Veil.Identity;

/// <summary>
/// Reads embeddings of detected faces, and refuses those that say too little: measured on faces made small and blurred, see
/// docs/people.md. Thread-safe.
/// </summary>
/// <param name="embed">The network.</param>
public sealed class FaceReader(FaceEmbed embed)
{
    /// <summary>Smallest side of the square around a face that is decided on, pixels of the picture: <see cref="FaceAlignment.SourceSide"/>.</summary>
    public const float SmallestSide = 36;

    /// <summary>Largest <see cref="FaceAlignment.Residual"/> that is decided on.</summary>
    public const float LargestResidual = 0.08f;

    /// <summary>Smallest share of the square that must lie in the picture.</summary>
    public const float SmallestInside = 0.95f;

    /// <summary>Smallest <see cref="FaceSharpness"/> that is decided on.</summary>
    public const float SmallestSharpness = 0.003f;

    /// <summary>Reads one face.</summary>
    /// <param name="frame">The frame that it is in; only read.</param>
    /// <param name="region">Where.</param>
    /// <exception cref="Errors.VeilException">Its pixels cannot be decoded, or the network fails.</exception>
    public FaceReading Read(Frame frame, Region region)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(region);
        if (region.Kind != RegionKind.Face)
        {
            return new FaceReading(null, FaceFlaw.NoFace);
        }

        if (region.Landmarks is not { } landmarks)
        {
            return new FaceReading(null, FaceFlaw.NoLandmarks);
        }

        if (FaceAlignment.Of(landmarks) is not { Residual: <= LargestResidual } alignment)
        {
            return new FaceReading(null, FaceFlaw.Turned);
        }

        if (alignment.SourceSide < SmallestSide)
        {
            return new FaceReading(null, FaceFlaw.TooSmall);
        }

        using var face = alignment.Cut(frame, out var inside);
        if (inside < SmallestInside)
        {
            return new FaceReading(null, FaceFlaw.CutOff);
        }

        if (FaceSharpness.Of(face) < SmallestSharpness)
        {
            return new FaceReading(null, FaceFlaw.Blurred);
        }

        var embedding = embed(face);
        return new FaceReading(embedding, embedding is null ? FaceFlaw.NoDirection : FaceFlaw.None);
    }
}
