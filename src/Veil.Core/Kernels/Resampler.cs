using System.Numerics;

namespace Veil.Kernels;

/// <summary>
/// Brings 8-bit interleaved pixels to another size. Thread-safe: no state is shared between calls.
/// </summary>
/// <remarks>
/// Rows first, then columns, in single precision without fused operations; the result is within ±1 grey level of the
/// exactly computed one, and of cv2.resize. Channels are treated alike: an alpha channel calls for premultiplied colours.
/// </remarks>
public static unsafe class Resampler
{
    /// <summary>Resizes a picture or part of one.</summary>
    /// <param name="source">Rows of interleaved 8-bit channels.</param>
    /// <param name="sourceStride">Bytes from row to row of the source.</param>
    /// <param name="sourceWidth">Columns of the source, at least 1.</param>
    /// <param name="sourceHeight">Rows of the source, at least 1.</param>
    /// <param name="target">Receives the result; must not overlap the source. Row padding is left alone.</param>
    /// <param name="targetStride">Bytes from row to row of the target.</param>
    /// <param name="targetWidth">Columns of the target, at least 1.</param>
    /// <param name="targetHeight">Rows of the target, at least 1.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="mode">How.</param>
    /// <exception cref="ArgumentException">A size, stride or span does not fit, or the mode is unknown.</exception>
    public static void Apply(ReadOnlySpan<byte> source, int sourceStride, int sourceWidth, int sourceHeight, Span<byte> target, int targetStride, int targetWidth, int targetHeight, int channels, Resampling mode) =>
        Apply(source, sourceStride, sourceWidth, sourceHeight, target, targetStride, targetWidth, targetHeight, channels, mode, KernelPath.Simd);

    internal static void Apply(ReadOnlySpan<byte> source, int sourceStride, int sourceWidth, int sourceHeight, Span<byte> target, int targetStride, int targetWidth, int targetHeight, int channels, Resampling mode, KernelPath path)
    {
        KernelArguments.CheckChannels(channels);
        KernelArguments.CheckPlane(source.Length, sourceStride, sourceWidth, sourceHeight, channels, nameof(source));
        KernelArguments.CheckPlane(target.Length, targetStride, targetWidth, targetHeight, channels, nameof(target));
        if (sourceWidth == targetWidth && sourceHeight == targetHeight)
        {
            KernelArguments.CopyRows(source, sourceStride, target, targetStride, sourceWidth * channels, sourceHeight);
            return;
        }

        var columns = ResamplingAxis.Create(sourceWidth, targetWidth, mode);
        var rows = ResamplingAxis.Create(sourceHeight, targetHeight, mode);
        var rowBytes = sourceWidth * channels;
        using var line = new Scratch<float>(rowBytes);
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            for (var y = 0; y < targetHeight; y++)
            {
                line.Span.Clear();
                for (var i = rows.First[y]; i < rows.First[y + 1]; i++)
                {
                    Add(line.Pointer, from + ((nint)rows.Positions[i] * sourceStride), rows.Weights[i], rowBytes, path);
                }

                Across(line.Pointer, to + ((nint)y * targetStride), columns, targetWidth, channels);
            }
        }
    }

    private static void Across(float* line, byte* target, ResamplingAxis columns, int width, int channels)
    {
        for (var x = 0; x < width; x++)
        {
            float a = 0, b = 0, c = 0, d = 0;
            for (var i = columns.First[x]; i < columns.First[x + 1]; i++)
            {
                var pixel = line + (columns.Positions[i] * channels);
                var weight = columns.Weights[i];
                a += weight * pixel[0];
                if (channels >= 3)
                {
                    b += weight * pixel[1];
                    c += weight * pixel[2];
                }

                if (channels == 4)
                {
                    d += weight * pixel[3];
                }
            }

            var at = target + (x * channels);
            at[0] = ToByte(a);
            if (channels >= 3)
            {
                at[1] = ToByte(b);
                at[2] = ToByte(c);
            }

            if (channels == 4)
            {
                at[3] = ToByte(d);
            }
        }
    }

    private static byte ToByte(float value) => (byte)Math.Min(value + 0.5f, 255f);

    private static void Add(float* line, byte* row, float weight, int count, KernelPath path)
    {
        var i = 0;
        var weights = new Vector<float>(weight);
        for (; path == KernelPath.Simd && i <= count - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.Load(row + i), out var low, out var high);
            Vector.Widen(low.As<ushort, short>(), out var a, out var b);
            Vector.Widen(high.As<ushort, short>(), out var c, out var d);
            var at = line + i;
            Vector.Store(Vector.Load(at) + (Vector.ConvertToSingle(a) * weights), at);
            at += Vector<float>.Count;
            Vector.Store(Vector.Load(at) + (Vector.ConvertToSingle(b) * weights), at);
            at += Vector<float>.Count;
            Vector.Store(Vector.Load(at) + (Vector.ConvertToSingle(c) * weights), at);
            at += Vector<float>.Count;
            Vector.Store(Vector.Load(at) + (Vector.ConvertToSingle(d) * weights), at);
        }

        for (; i < count; i++)
        {
            line[i] += row[i] * weight;
        }
    }
}
