using Veil.Errors;
using Veil.Regions;

namespace Veil.Anonymization.Faces;

/// <summary>Refuses regions that are no faces, for methods that draw faces.</summary>
internal static class FacesOnly
{
    /// <summary>Checks all regions of a picture.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.AnonymizationFailed"/>: one is neither a face nor a head.</exception>
    public static void Check(string method, IReadOnlyList<RegionCanvas> canvases)
    {
        if (canvases.FirstOrDefault(canvas => canvas.Region.Kind is not (RegionKind.Face or RegionKind.Head)) is { } other)
        {
            throw new VeilException(
                VeilErrorCode.AnonymizationFailed,
                $"{method} covers faces only, but received a region of kind {RegionJson.NameOf(other.Region.Kind)}.",
                "Find faces only, or cover other things with another method, e.g. veil.");
        }
    }
}
