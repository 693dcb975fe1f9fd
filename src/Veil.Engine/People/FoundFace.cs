using Veil.Identity;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Engine.People;

/// <summary>A face of the folder that is grouped.</summary>
/// <param name="Item">The picture.</param>
/// <param name="Frame">Its frame.</param>
/// <param name="Index">Which region of the frame, in the detector's order.</param>
/// <param name="Region">Where.</param>
/// <param name="Embedding">Null when nothing can be said about whose face it is.</param>
internal sealed record FoundFace(MediaItem Item, int Frame, int Index, Region Region, FaceEmbedding? Embedding);
