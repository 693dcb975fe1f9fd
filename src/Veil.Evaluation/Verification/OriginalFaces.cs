using Veil.Imaging;
using Veil.Pipeline;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Evaluation.Verification;

/// <summary>Where the faces of originals come from.</summary>
public enum FaceSource
{
    /// <summary>A detector looks at every original.</summary>
    Detected,

    /// <summary>The run's own, where it says where faces are and gives their points; a detector looks at the others.</summary>
    RunsOwn,
}

/// <summary>The faces of the original under verification. Owns the detector's provider.</summary>
/// <param name="detected">Finds them.</param>
/// <param name="source">Whether it must.</param>
internal sealed class OriginalFaces(IRegionProvider detected, FaceSource source) : IRegionProvider
{
    /// <summary>The pair that is looked at.</summary>
    public OutputPair? Pair { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var known = source == FaceSource.RunsOwn ? Pair?.Regions?.FirstOrDefault(one => one.Index == frame.Index)?.Regions : null;
        return known is not null && known.All(region => region is { Kind: RegionKind.Face, Landmarks: not null })
            ? known
            : [.. detected.Find(item, frame, cancellationToken).Where(region => region.Kind == RegionKind.Face)];
    }

    /// <inheritdoc/>
    public void Dispose() => detected.Dispose();
}
