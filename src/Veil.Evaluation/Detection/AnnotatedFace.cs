using Veil.Regions;

namespace Veil.Evaluation.Detection;

/// <summary>A face that a person marked, and the WIDER FACE subsets it counts in. One that counts in none is ignored: finding it is neither right nor wrong.</summary>
/// <param name="Box">Where, pixel-edge coordinates.</param>
/// <param name="Easy">Counts in the easy subset.</param>
/// <param name="Medium">Counts in the medium subset.</param>
/// <param name="Hard">Counts in the hard subset.</param>
public sealed record AnnotatedFace(Box Box, bool Easy, bool Medium, bool Hard)
{
    /// <summary>True when it counts in no subset.</summary>
    public bool Ignored => !(Easy || Medium || Hard);
}
