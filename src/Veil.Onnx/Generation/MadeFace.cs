using Veil.Imaging;
using Veil.Regions;

namespace Veil.Onnx.Generation;

/// <summary>A face for a bank, just made; disposing frees its pictures.</summary>
/// <param name="Small">As the generator made it, <see cref="PixelFormat.Rgb24"/>.</param>
/// <param name="Large">The same enlarged a whole number of times.</param>
/// <param name="Points">In the coordinates of the large picture, <see cref="FacePointLayout.MediaPipe478"/>; null where no face is seen: it is left out of the bank.</param>
public sealed record MadeFace(PixelBuffer Small, PixelBuffer Large, FacePoints? Points) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Small.Dispose();
        Large.Dispose();
    }
}
