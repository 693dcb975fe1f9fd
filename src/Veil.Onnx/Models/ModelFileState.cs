namespace Veil.Onnx.Models;

/// <summary>Whether a model's file can be used.</summary>
public enum ModelFileState
{
    /// <summary>In none of the folders.</summary>
    Missing,

    /// <summary>There, and its bytes are the manifest's.</summary>
    Present,

    /// <summary>There, but its bytes are not the manifest's. It is not loaded.</summary>
    Altered,
}
