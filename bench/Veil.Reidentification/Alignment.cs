using System.Numerics;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Reidentification;

/// <summary>The 112-pixel square that recognition networks take.</summary>
internal static class Alignment
{
    private const int Side = 112;

    /// <summary>Where an aligned face has its five points (ArcFace).</summary>
    public static FaceLandmarks Template { get; } = new(
        new Vector2(38.2946f, 51.6963f), new Vector2(73.5318f, 51.5014f), new Vector2(56.0252f, 71.7366f), new Vector2(41.5493f, 92.3655f), new Vector2(70.7299f, 92.2041f));

    /// <summary>Cuts an aligned face out of a picture of a few hundred pixels.</summary>
    public static PixelBuffer Cut(PixelBuffer picture, FaceLandmarks face)
    {
        // Umeyama's least squares with complex numbers: to = a·from + b.
        Complex[] from = [.. Points(Template)], to = [.. Points(face)];
        var (centre, goal) = (from.Aggregate(Complex.Zero, (a, b) => a + b) / 5, to.Aggregate(Complex.Zero, (a, b) => a + b) / 5);
        var turn = from.Zip(to, (p, q) => Complex.Conjugate(p - centre) * (q - goal)).Aggregate(Complex.Zero, (a, b) => a + b)
            / from.Sum(p => Complex.Abs(p - centre) * Complex.Abs(p - centre));

        // Averaged first, so that four pixels are enough for one.
        var scale = Math.Min(1, 1 / Complex.Abs(turn));
        using var small = new PixelBuffer(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)), PixelFormat.Rgb24);
        Resampler.Apply(picture.Span, picture.Stride, picture.Width, picture.Height, small.Span, small.Stride, small.Width, small.Height, 3, Resampling.Area);
        var (x, y) = ((float)small.Width / picture.Width, (float)small.Height / picture.Height);
        var mesh = TriangleMesh.Over([], 0, 0, Side, Side);
        var target = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        MeshWarp.Apply(small.Span, small.Stride, small.Width, small.Height, target.Span, target.Stride, Side, Side, mesh, [.. mesh.Points.Select(point =>
        {
            var place = (turn * (new Complex(point.X, point.Y) - centre)) + goal;
            return new Vector2((float)place.Real * x, (float)place.Imaginary * y);
        })]);
        return target;
    }

    private static IEnumerable<Complex> Points(FaceLandmarks face) =>
        new[] { face.LeftEye, face.RightEye, face.Nose, face.LeftMouth, face.RightMouth }.Select(point => new Complex(point.X, point.Y));
}
