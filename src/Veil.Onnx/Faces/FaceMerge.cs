using System.Runtime.InteropServices;
using Veil.Detection;
using Veil.Onnx.Decoders;
using Veil.Regions;

namespace Veil.Onnx.Faces;

/// <summary>Turns the candidates of all passes into one region per face.</summary>
internal static class FaceMerge
{
    /// <summary>Merges.</summary>
    /// <param name="candidates">Faces of all passes, picture coordinates.</param>
    /// <param name="overlap">Intersection over union above which two boxes are the same face.</param>
    /// <param name="origin">Whom the regions name as their origin.</param>
    /// <returns>Regions, strongest first.</returns>
    public static IReadOnlyList<Region> Merge(List<Candidate> candidates, float overlap, RegionOrigin origin)
    {
        var all = CollectionsMarshal.AsSpan(candidates);
        var boxes = new Box[all.Length];
        var scores = new float[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            (boxes[i], scores[i]) = (all[i].Box, all[i].Score);
        }

        var picked = NonMaximumSuppression.Select(boxes, scores, overlap);
        var regions = new Region[picked.Length];
        for (var i = 0; i < picked.Length; i++)
        {
            var face = all[picked[i]];
            regions[i] = new Region(face.Box, RegionKind.Face, face.Score, origin) { Landmarks = face.Landmarks };
        }

        return regions;
    }
}
