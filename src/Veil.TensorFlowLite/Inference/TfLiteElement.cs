namespace Veil.TensorFlowLite.Inference;

/// <summary>What a tensor's elements are, with the numbers of TensorFlow Lite's TfLiteType.</summary>
public enum TfLiteElement
{
    /// <summary>Anything else.</summary>
    Other = 0,

    /// <summary>32-bit floating-point numbers.</summary>
    Floating = 1,

    /// <summary>8-bit numbers 0..255.</summary>
    UnsignedBytes = 3,

    /// <summary>8-bit numbers −128..127.</summary>
    SignedBytes = 9,
}
