using System.Numerics;
using Veil.Regions;

namespace Veil.Evaluation.Realism;

/// <summary>What detectors, a landmark model and networks say of every face under one treatment.</summary>
/// <param name="faces">How many there are.</param>
/// <param name="detectors">Detectors that look.</param>
/// <param name="networks">Networks whose vectors are kept.</param>
internal sealed class FaceLooks(int faces, int detectors, int networks)
{
    /// <summary>For each detector and face, where it was found; null where it was not.</summary>
    public Box?[][] Found { get; } = [.. Enumerable.Range(0, detectors).Select(_ => new Box?[faces])];

    /// <summary>For each face its five points by the landmark model; null where there are none that fit.</summary>
    public FaceLandmarks?[] Points { get; } = new FaceLandmarks?[faces];

    /// <summary>For each face what the recognition network says; null where it has no answer.</summary>
    public float[]?[] People { get; } = new float[]?[faces];

    /// <summary>For each network and face its vector; null where it has no answer.</summary>
    public float[]?[][] Vectors { get; } = [.. Enumerable.Range(0, networks).Select(_ => new float[]?[faces])];

    /// <summary>How far points are from the original's, as a share of the distance of its eyes.</summary>
    public static double Displacement(FaceLandmarks original, FaceLandmarks treated)
    {
        var (from, to) = (original.Points, treated.Points);
        var sum = 0.0;
        for (var i = 0; i < from.Count; i++)
        {
            sum += Vector2.Distance(from[i], to[i]);
        }

        return sum / from.Count / Math.Max(1e-6, Vector2.Distance(original.LeftEye, original.RightEye));
    }
}
