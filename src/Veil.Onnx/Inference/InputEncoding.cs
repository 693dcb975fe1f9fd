namespace Veil.Onnx.Inference;

/// <summary>How 8-bit pixels become a model's input: <c>(value − Mean) × Scale</c>, planes in the given order.</summary>
/// <param name="Order">Order of the planes.</param>
/// <param name="Mean">Subtracted from each value, 0..255.</param>
/// <param name="Scale">Multiplied afterwards.</param>
public readonly record struct InputEncoding(ChannelOrder Order, float Mean, float Scale)
{
    /// <summary>0..255, blue first.</summary>
    public static InputEncoding BgrBytes { get; } = new(ChannelOrder.Bgr, 0, 1);

    /// <summary>0..255, red first.</summary>
    public static InputEncoding RgbBytes { get; } = new(ChannelOrder.Rgb, 0, 1);

    /// <summary>0..1, red first.</summary>
    public static InputEncoding RgbUnit { get; } = new(ChannelOrder.Rgb, 0, 1 / 255f);

    /// <summary>−1..1, red first: (value − 127.5) / 128.</summary>
    public static InputEncoding RgbSigned { get; } = new(ChannelOrder.Rgb, 127.5f, 1 / 128f);

    /// <summary>−1..1, red first: (value − 127) / 128.</summary>
    public static InputEncoding RgbSigned127 { get; } = new(ChannelOrder.Rgb, 127, 1 / 128f);
}
