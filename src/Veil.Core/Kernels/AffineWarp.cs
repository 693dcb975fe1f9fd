using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Veil.Kernels;

/// <summary>
/// Draws a picture with alpha turned, scaled and moved. Thread-safe: no state is shared between calls.
/// </summary>
/// <remarks>
/// Bilinear between pixel centres, in premultiplied colours, so that transparent pixels lend no colour to their neighbours;
/// outside the source everything is transparent, which also smooths its outline. A target pixel takes four source pixels
/// and no more: a source that is to become less than half as large is reduced with
/// <see cref="Resampler"/> (<see cref="Resampling.Area"/>) by the caller first.
/// </remarks>
public static unsafe class AffineWarp
{
    /// <summary>Draws the source into the whole target.</summary>
    /// <param name="source">Rows of red, green, blue and straight alpha, 8 bits each.</param>
    /// <param name="sourceStride">Bytes from row to row of the source.</param>
    /// <param name="sourceWidth">Columns of the source, at least 1.</param>
    /// <param name="sourceHeight">Rows of the source, at least 1.</param>
    /// <param name="target">
    /// Receives red, green, blue and straight alpha, 8 bits each; every pixel is replaced, those without coverage by zeros.
    /// Must not overlap the source. Row padding is left alone.
    /// </param>
    /// <param name="targetStride">Bytes from row to row of the target.</param>
    /// <param name="targetWidth">Columns of the target, at least 1.</param>
    /// <param name="targetHeight">Rows of the target, at least 1.</param>
    /// <param name="targetToSource">Takes a point of the target to the source, both in pixel-edge coordinates.</param>
    /// <exception cref="ArgumentException">A size, stride or span does not fit, or the matrix is not finite.</exception>
    public static void Apply(ReadOnlySpan<byte> source, int sourceStride, int sourceWidth, int sourceHeight, Span<byte> target, int targetStride, int targetWidth, int targetHeight, Matrix3x2 targetToSource) =>
        Apply(source, sourceStride, sourceWidth, sourceHeight, target, targetStride, targetWidth, targetHeight, targetToSource, KernelPath.Simd);

    internal static void Apply(ReadOnlySpan<byte> source, int sourceStride, int sourceWidth, int sourceHeight, Span<byte> target, int targetStride, int targetWidth, int targetHeight, Matrix3x2 targetToSource, KernelPath path)
    {
        KernelArguments.CheckPlane(source.Length, sourceStride, sourceWidth, sourceHeight, 4, nameof(source));
        KernelArguments.CheckPlane(target.Length, targetStride, targetWidth, targetHeight, 4, nameof(target));
        for (var i = 0; i < 6; i++)
        {
            if (!float.IsFinite(targetToSource[i / 2, i % 2]))
            {
                throw new ArgumentOutOfRangeException(nameof(targetToSource), targetToSource, "Expected a matrix of finite numbers.");
            }
        }

        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            for (var y = 0; y < targetHeight; y++)
            {
                var row = to + ((nint)y * targetStride);
                for (var x = 0; x < targetWidth; x++)
                {
                    // In double precision: far from the origin a float would tear the picture.
                    double centreX = x + 0.5, centreY = y + 0.5;
                    var sourceX = (centreX * targetToSource.M11) + (centreY * targetToSource.M21) + targetToSource.M31 - 0.5;
                    var sourceY = (centreX * targetToSource.M12) + (centreY * targetToSource.M22) + targetToSource.M32 - 0.5;
                    if (sourceX <= -1 || sourceY <= -1 || sourceX >= sourceWidth || sourceY >= sourceHeight)
                    {
                        Unsafe.WriteUnaligned(row + (x * 4), 0);
                        continue;
                    }

                    var (left, top) = ((int)Math.Floor(sourceX), (int)Math.Floor(sourceY));
                    var (right, low) = ((float)(sourceX - left), (float)(sourceY - top));
                    var plane = new Plane((nint)from, sourceStride, sourceWidth, sourceHeight);
                    var weights = new Weights((1 - right) * (1 - low), right * (1 - low), (1 - right) * low, right * low);
                    if (path == KernelPath.Simd)
                    {
                        Draw(plane, left, top, weights, row + (x * 4));
                    }
                    else
                    {
                        DrawScalar(plane, left, top, weights, row + (x * 4));
                    }
                }
            }
        }
    }

    // Lanes are red, green, blue, alpha; colours are already multiplied by alpha (0..255), so their sums run to 255².
    private static void Draw(Plane source, int left, int top, Weights weights, byte* target)
    {
        var sum = Premultiplied(source, left, top) * weights.LeftTop;
        sum += Premultiplied(source, left + 1, top) * weights.RightTop;
        sum += Premultiplied(source, left, top + 1) * weights.LeftBottom;
        sum += Premultiplied(source, left + 1, top + 1) * weights.RightBottom;
        var alpha = sum.GetElement(3);
        if ((int)(alpha + 0.5f) == 0)
        {
            Unsafe.WriteUnaligned(target, 0);
            return;
        }

        var straight = (sum / Vector128.Create(alpha, alpha, alpha, 1)) + Vector128.Create(0.5f);
        var pixel = Vector128.ConvertToInt32(Vector128.Min(straight, Vector128.Create(255f)));
        target[0] = (byte)pixel.GetElement(0);
        target[1] = (byte)pixel.GetElement(1);
        target[2] = (byte)pixel.GetElement(2);
        target[3] = (byte)pixel.GetElement(3);
    }

    private static Vector128<float> Premultiplied(Plane source, int x, int y)
    {
        if ((uint)x >= (uint)source.Width || (uint)y >= (uint)source.Height)
        {
            return Vector128<float>.Zero;
        }

        var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(source.Pixel(x, y))).AsByte();
        var pixel = Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
        var alpha = pixel.GetElement(3);
        return pixel * Vector128.Create(alpha, alpha, alpha, 1);
    }

    private static void DrawScalar(Plane source, int left, int top, Weights weights, byte* target)
    {
        Span<float> sum = stackalloc float[4];
        sum.Clear();
        Add(sum, source, left, top, weights.LeftTop);
        Add(sum, source, left + 1, top, weights.RightTop);
        Add(sum, source, left, top + 1, weights.LeftBottom);
        Add(sum, source, left + 1, top + 1, weights.RightBottom);
        var visible = (int)(sum[3] + 0.5f) > 0;
        for (var i = 0; i < 4; i++)
        {
            var straight = i < 3 ? sum[i] / sum[3] : sum[i];
            target[i] = visible ? (byte)Math.Min(straight + 0.5f, 255f) : (byte)0;
        }
    }

    private static void Add(Span<float> sum, Plane source, int x, int y, float weight)
    {
        if ((uint)x >= (uint)source.Width || (uint)y >= (uint)source.Height)
        {
            return;
        }

        var pixel = source.Pixel(x, y);
        float alpha = pixel[3];
        sum[0] += pixel[0] * alpha * weight;
        sum[1] += pixel[1] * alpha * weight;
        sum[2] += pixel[2] * alpha * weight;
        sum[3] += alpha * weight;
    }

    private readonly record struct Weights(float LeftTop, float RightTop, float LeftBottom, float RightBottom);

    private readonly record struct Plane(nint Address, int Stride, int Width, int Height)
    {
        public byte* Pixel(int x, int y) => (byte*)Address + ((nint)y * Stride) + (x * 4);
    }
}
