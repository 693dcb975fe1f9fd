using Veil.Detection;
using Veil.Onnx.Faces;
using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>A detector, or a union of some, and what of its findings counts in a run.</summary>
/// <param name="Choice">The detector, which finds nothing else, and why it.</param>
/// <param name="Kinds">The kinds that it is to find.</param>
internal sealed record DetectorUse(DetectorChoice Choice, IReadOnlyList<RegionKind> Kinds)
{
    /// <summary>
    /// Divides kinds among detectors, so that each is asked once: those that share a kind are united, those that share none stay
    /// apart and do not see each other.
    /// </summary>
    /// <param name="kinds">What to find.</param>
    /// <param name="named">Detectors that the user named, each for all that it finds.</param>
    /// <param name="otherwise">The detector for a kind that no named one finds.</param>
    public static IReadOnlyList<DetectorUse> Divide(IReadOnlyList<RegionKind> kinds, IReadOnlyList<DetectorDescriptor> named, Func<RegionKind, DetectorChoice> otherwise)
    {
        var groups = new List<(List<(DetectorDescriptor Detector, List<RegionKind> Kinds)> Members, DetectorChoice? Choice)>();
        foreach (var kind in kinds)
        {
            var finders = named.Where(detector => detector.Kinds.Contains(kind)).ToList();
            var choice = finders.Count == 0 ? otherwise(kind) : null;
            finders = choice is null ? finders : [choice.Detector];
            var members = finders.ConvertAll(finder => (Detector: finder, Kinds: new List<RegionKind> { kind }));
            foreach (var group in groups.Where(group => group.Members.Exists(member => finders.Exists(finder => finder.Id == member.Detector.Id))).ToList())
            {
                groups.Remove(group);
                choice ??= group.Choice;
                members = [.. group.Members.Concat(members).GroupBy(member => member.Detector.Id).Select(same => (same.First().Detector, same.SelectMany(member => member.Kinds).ToList()))];
            }

            groups.Add((members, choice));
        }

        return [.. groups.Select(group => new DetectorUse(
            (group.Choice ?? new DetectorChoice(group.Members[0].Detector, "named by the user", null)) with
            {
                Detector = DetectorCatalog.Unite([.. group.Members.Select(member => member.Detector.Only(member.Kinds))]),
            },
            RegionKinds.InOrder(group.Members.SelectMany(member => member.Kinds))))];
    }
}
