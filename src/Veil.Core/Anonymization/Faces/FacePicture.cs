using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization.Faces;

/// <summary>A picture of one face, and where its parts are in it. Disposing frees the pixels.</summary>
/// <param name="Pixels"><see cref="PixelFormat.Rgb24"/>; owned.</param>
/// <param name="Shape">In the picture's coordinates.</param>
internal sealed record FacePicture(PixelBuffer Pixels, FaceShape Shape) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Pixels.Dispose();

    /// <summary>The same face looking the other way.</summary>
    public FacePicture Mirrored()
    {
        var copy = Pixels.Clone();
        for (var y = 0; y < copy.Height; y++)
        {
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Rgb>(copy.Row(y)).Reverse();
        }

        return new FacePicture(copy, Shape.Mirrored(copy.Width));
    }

    /// <summary>The same face, reduced to a share of its size by averaging.</summary>
    /// <param name="scale">Above 0, below 1.</param>
    public FacePicture Reduced(float scale)
    {
        var (width, height) = (Math.Max(1, (int)MathF.Round(Pixels.Width * scale)), Math.Max(1, (int)MathF.Round(Pixels.Height * scale)));
        var small = new PixelBuffer(width, height, PixelFormat.Rgb24);
        Resampler.Apply(Pixels.Span, Pixels.Stride, Pixels.Width, Pixels.Height, small.Span, small.Stride, width, height, 3, Resampling.Area);
        var (x, y) = ((float)width / Pixels.Width, (float)height / Pixels.Height);
        return new FacePicture(small, Shape.Map(point => new(point.X * x, point.Y * y)));
    }
}
