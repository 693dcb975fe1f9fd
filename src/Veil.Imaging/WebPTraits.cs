namespace Veil.Imaging;

/// <summary>How a WebP was coded.</summary>
/// <param name="IsLossless">True when every frame is lossless.</param>
/// <param name="Quality">1..100 on libwebp's scale, estimated from the quantiser; 100 when lossless.</param>
public sealed record WebPTraits(bool IsLossless, int Quality);
