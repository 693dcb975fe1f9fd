namespace Veil.Onnx.Models;

/// <summary>What the origin of a model's weights allows, in short; the entry's licence says it exactly.</summary>
public enum ModelTerms
{
    /// <summary>Any use, with attribution at most.</summary>
    Permissive,

    /// <summary>The origin says: no commercial use.</summary>
    NonCommercial,

    /// <summary>The origin says: research only.</summary>
    Research,

    /// <summary>Any use, but what is built on it must be published under the same licence.</summary>
    Copyleft,
}
