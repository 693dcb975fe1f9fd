using Veil.Imaging;
using Veil.Regions;

namespace Veil.Onnx.Generation;

/// <summary>A face for a bank, just made; disposing frees its picture.</summary>
/// <param name="Picture">As the generator made it, <see cref="PixelFormat.Rgb24"/>.</param>
/// <param name="Points">In its coordinates, <see cref="FacePointLayout.MediaPipe478"/>; null where no face is seen: it is left out of the bank.</param>
public sealed record MadeFace(PixelBuffer Picture, FacePoints? Points) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();
}
