using System.Numerics;
using System.Runtime.CompilerServices;

namespace Veil.Kernels;

/// <summary>
/// Brings 8-bit interleaved pixels to another size. Thread-safe: no state is shared between calls.
/// </summary>
/// <remarks>
/// Separable, in single precision without fused operations; the result is within ±1 grey level of the exactly computed
/// one, and of cv2.resize. Channels are treated alike: an alpha channel calls for premultiplied colours.
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
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            if (targetHeight > sourceHeight)
            {
                Enlarge(from, sourceStride, to, targetStride, columns, rows, channels, path);
            }
            else
            {
                Reduce(from, sourceStride, sourceWidth, to, targetStride, columns, rows, channels, path);
            }
        }
    }

    // Fewer rows come out than go in: rows are merged first, a target row at a time.
    private static void Reduce(byte* source, int sourceStride, int sourceWidth, byte* target, int targetStride, ResamplingAxis columns, ResamplingAxis rows, int channels, KernelPath path)
    {
        var rowBytes = sourceWidth * channels;
        using var line = new Scratch<float>(rowBytes);
        using var across = new Scratch<float>(columns.Length * channels);
        for (var y = 0; y < rows.Length; y++)
        {
            line.Span.Clear();
            for (var i = rows.First[y]; i < rows.First[y + 1]; i++)
            {
                Add(line.Pointer, source + ((nint)rows.Positions[i] * sourceStride), rows.Weights[i], rowBytes, path);
            }

            Across(line.Pointer, across.Pointer, columns, channels);
            Round(across.Pointer, target + ((nint)y * targetStride), across.Length, path);
        }
    }

    // More rows come out than go in: source rows are widened once each and the last two are kept, by parity.
    private static void Enlarge(byte* source, int sourceStride, byte* target, int targetStride, ResamplingAxis columns, ResamplingAxis rows, int channels, KernelPath path)
    {
        var count = columns.Length * channels;
        using var kept = new Scratch<float>(2 * count);
        using var line = new Scratch<float>(count);
        var held = stackalloc int[2] { -1, -1 };
        for (var y = 0; y < rows.Length; y++)
        {
            line.Span.Clear();
            for (var i = rows.First[y]; i < rows.First[y + 1]; i++)
            {
                var position = rows.Positions[i];
                var slot = kept.Pointer + ((position & 1) * count);
                if (held[position & 1] != position)
                {
                    Across(source + ((nint)position * sourceStride), slot, columns, channels);
                    held[position & 1] = position;
                }

                Add(line.Pointer, slot, rows.Weights[i], count, path);
            }

            Round(line.Pointer, target + ((nint)y * targetStride), count, path);
        }
    }

    private static void Across<T>(T* line, float* target, ResamplingAxis columns, int channels)
        where T : unmanaged
    {
        for (var x = 0; x < columns.Length; x++)
        {
            float a = 0, b = 0, c = 0, d = 0;
            for (var i = columns.First[x]; i < columns.First[x + 1]; i++)
            {
                var pixel = line + (columns.Positions[i] * channels);
                var weight = columns.Weights[i];
                a += weight * ToSingle(pixel[0]);
                if (channels >= 3)
                {
                    b += weight * ToSingle(pixel[1]);
                    c += weight * ToSingle(pixel[2]);
                }

                if (channels == 4)
                {
                    d += weight * ToSingle(pixel[3]);
                }
            }

            var at = target + (x * channels);
            at[0] = a;
            if (channels >= 3)
            {
                at[1] = b;
                at[2] = c;
            }

            if (channels == 4)
            {
                at[3] = d;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ToSingle<T>(T value)
        where T : unmanaged => typeof(T) == typeof(byte) ? (byte)(object)value : (float)(object)value;

    private static void Round(float* line, byte* target, int count, KernelPath path)
    {
        var i = 0;
        var half = new Vector<float>(0.5f);
        var largest = new Vector<float>(255f);
        for (; path == KernelPath.Simd && i <= count - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var at = line + i;
            var a = Vector.ConvertToInt32(Vector.Min(Vector.Load(at) + half, largest));
            at += Vector<float>.Count;
            var b = Vector.ConvertToInt32(Vector.Min(Vector.Load(at) + half, largest));
            at += Vector<float>.Count;
            var c = Vector.ConvertToInt32(Vector.Min(Vector.Load(at) + half, largest));
            at += Vector<float>.Count;
            var d = Vector.ConvertToInt32(Vector.Min(Vector.Load(at) + half, largest));
            Vector.Store(Vector.Narrow(Vector.Narrow(a, b).As<short, ushort>(), Vector.Narrow(c, d).As<short, ushort>()), target + i);
        }

        for (; i < count; i++)
        {
            target[i] = (byte)Math.Min(line[i] + 0.5f, 255f);
        }
    }

    private static void Add(float* line, float* row, float weight, int count, KernelPath path)
    {
        var i = 0;
        var weights = new Vector<float>(weight);
        for (; path == KernelPath.Simd && i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Store(Vector.Load(line + i) + (Vector.Load(row + i) * weights), line + i);
        }

        for (; i < count; i++)
        {
            line[i] += row[i] * weight;
        }
    }

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
