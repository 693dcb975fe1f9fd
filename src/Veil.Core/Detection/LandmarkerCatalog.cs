using Veil.Errors;

namespace Veil.Detection;

/// <summary>The landmarkers of a program, the default first. Immutable.</summary>
/// <param name="all">At least one, each with an id of its own.</param>
public sealed class LandmarkerCatalog(params IReadOnlyList<LandmarkerDescriptor> all)
{
    /// <summary>All of them, in the order in which they are shown.</summary>
    public IReadOnlyList<LandmarkerDescriptor> All { get; } = all;

    /// <summary>The one used when none is named.</summary>
    public LandmarkerDescriptor Default => All[0];

    /// <summary>The landmarker of that name, in any case.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: unknown; the message lists the known ones.</exception>
    public LandmarkerDescriptor Find(string id) =>
        All.FirstOrDefault(landmarker => string.Equals(landmarker.Id, id, StringComparison.OrdinalIgnoreCase))
        ?? throw new VeilException(
            VeilErrorCode.InvalidOption,
            $"Expected a landmark model out of {string.Join(", ", All.Select(landmarker => landmarker.Id))}, but received '{id}'.");
}
