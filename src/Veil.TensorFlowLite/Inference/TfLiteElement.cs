namespace Veil.TensorFlowLite.Inference;

/// <summary>What a tensor's elements are, with the numbers of TensorFlow Lite's TfLiteType.</summary>
public enum TfLiteElement
{
    /// <summary>Anything else.</summary>
    Other = 0,

    /// <summary>32-bit floating-point numbers.</summary>
    Floating = 1,
}
