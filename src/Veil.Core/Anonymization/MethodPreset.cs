using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>Exact settings that another tool or study used, under a name.</summary>
/// <param name="Name"><c>family/name</c>, e.g. <c>face-replace/blur</c>.</param>
/// <param name="Source">Where the settings come from, one line.</param>
/// <param name="Options">The settings.</param>
public sealed record MethodPreset(string Name, string Source, MethodOptions Options)
{
    /// <summary>
    /// What the source covered, where that belongs to the look (a bar is a box); null leaves the policy alone.
    /// Whoever applies a preset to the letter uses it.
    /// </summary>
    public RegionPolicy? Policy { get; init; }

    /// <summary>What the source applied it to: faces (default), bodies, or whole pictures.</summary>
    public RegionKind Finds { get; init; } = RegionKind.Face;
}
