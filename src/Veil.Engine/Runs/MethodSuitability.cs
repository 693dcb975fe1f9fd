using Veil.Anonymization;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>Which methods are for which kinds of region.</summary>
internal static class MethodSuitability
{
    /// <summary>The method of a kind where none is named: of characters nothing at all may be left to read.</summary>
    public static string DefaultFor(RegionKind kind) => kind is RegionKind.Plate or RegionKind.Text ? "solid" : "veil";

    /// <summary>Refuses a method that is not for a kind.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public static void Require(RegionKind kind, AnonymizerDescriptor method)
    {
        var refused = kind is not (RegionKind.Face or RegionKind.Head or RegionKind.Body) && method.Needs.HasFlag(MethodNeeds.PeopleOnly) ? "people"
            : kind is not (RegionKind.Face or RegionKind.Head or RegionKind.Image) && (method.Needs.HasFlag(MethodNeeds.FacesOnly) || method.Covers != FacePart.Whole) ? "faces"
            : null;
        if (refused is not null)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"Method '{method.Id}' is for {refused}, not for {RegionKinds.NameOf(kind)}.", $"Name another one, e.g. --find {RegionKinds.NameOf(kind)}=solid.");
        }
    }
}
