using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>Names of a run's options that each kind has for itself.</summary>
internal static class KindPrefix
{
    /// <summary>What stands before an option's name: nothing where there is one kind alone.</summary>
    public static string Of(RegionKind kind, IReadOnlyCollection<RegionKind> kinds) => kinds.Count == 1 ? "" : RegionKinds.NameOf(kind) + ".";
}
