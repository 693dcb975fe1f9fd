using Veil.Imaging;
using Veil.Kernels;

namespace Veil.OpenSet;

/// <summary>What becomes of a face before it is recognized: fewer pixels, or blur.</summary>
internal sealed record Degradation(string Name, Func<PixelBuffer, PixelBuffer> Apply)
{
    public static Degradation None { get; } = new("as it is (112 px)", face => face.Clone());

    /// <summary>As if the aligned square had had so many pixels in the picture.</summary>
    public static Degradation Small(int side) => new($"{side} px", face =>
    {
        using var small = new PixelBuffer(side, side, PixelFormat.Rgb24);
        Resize(face, small, Resampling.Area);
        var back = new PixelBuffer(face.Width, face.Height, PixelFormat.Rgb24);
        Resize(small, back, Resampling.Bilinear);
        return back;
    });

    /// <summary>Gaussian blur of the aligned face.</summary>
    public static Degradation Blurred(float sigma) => new($"blurred, σ {sigma} px of 112", face =>
    {
        var blurred = new PixelBuffer(face.Width, face.Height, PixelFormat.Rgb24);
        GaussianBlur.Apply(face.Span, face.Stride, blurred.Span, blurred.Stride, face.Width, face.Height, 3, sigma, (int)MathF.Ceiling(4 * sigma));
        return blurred;
    });

    private static void Resize(PixelBuffer from, PixelBuffer to, Resampling mode) =>
        Resampler.Apply(from.Span, from.Stride, from.Width, from.Height, to.Span, to.Stride, to.Width, to.Height, 3, mode);
}
