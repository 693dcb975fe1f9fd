namespace Veil.Onnx.Faces;

/// <summary>Which way round a picture is shown to a model.</summary>
public enum Mirroring
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>Left and right exchanged: a second opinion from the same model.</summary>
    Horizontal,
}
