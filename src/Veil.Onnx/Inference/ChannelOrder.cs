namespace Veil.Onnx.Inference;

/// <summary>Order of the three colour planes of a model's input.</summary>
public enum ChannelOrder
{
    /// <summary>Red first.</summary>
    Rgb,

    /// <summary>Blue first, as OpenCV stores pictures.</summary>
    Bgr,
}
