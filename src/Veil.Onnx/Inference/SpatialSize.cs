namespace Veil.Onnx.Inference;

/// <summary>Whether a model runs at the size written in its file.</summary>
public enum SpatialSize
{
    /// <summary>As the file says: one fixed size, or open where it is open there.</summary>
    AsDeclared,

    /// <summary>Height and width are opened, whatever the file says. Right for fully convolutional models only.</summary>
    Free,
}
