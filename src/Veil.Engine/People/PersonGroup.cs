namespace Veil.Engine.People;

/// <summary>Faces of one person, or those that are nobody's for sure.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="Faces">The faces, by picture.</param>
internal sealed record PersonGroup(string Name, IReadOnlyList<FoundFace> Faces);
