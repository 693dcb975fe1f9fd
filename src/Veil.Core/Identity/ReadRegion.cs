using Veil.Regions;

namespace Veil.Identity;

/// <summary>A region with what was read of the face in it.</summary>
/// <param name="Region">The region.</param>
/// <param name="Face">The face's embedding; null where there is none that can be relied on: then nobody can be told by it.</param>
public readonly record struct ReadRegion(Region Region, FaceEmbedding? Face);
