using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Veil.Imaging;

namespace Veil.Onnx.Inference;

/// <summary>
/// Resizes part of a picture straight into a model's input: one pass over the source, no intermediate picture. Rows are
/// mixed first, on packed bytes, then columns. Keeps its tables and one row between calls; not thread-safe.
/// </summary>
internal sealed class PictureSampler
{
    private readonly ResampleAxis _columns = new();
    private readonly ResampleAxis _rows = new();
    private float[] _mixed = [];

    /// <summary>Fills a model input. What the window does not reach, right of and below it, becomes black.</summary>
    /// <param name="source">The picture, <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="window">What to show; no larger than the target.</param>
    /// <param name="encoding">How values are encoded.</param>
    /// <param name="target">Already resized to the wanted size.</param>
    public void Fill(PixelBuffer source, SourceWindow window, InputEncoding encoding, InputTensor target)
    {
        source.RequireFormat(PixelFormat.Rgb24);

        if (window.Width < 1 || window.Height < 1 || window.Width > target.Width || window.Height > target.Height || !(window.Scale > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(window), window, $"Expected a window that fits {target.Width}×{target.Height}.");
        }

        _columns.Set(window.Width, source.Width, window.Left, 1 / window.Scale);
        _rows.Set(window.Height, source.Height, window.Top, 1 / window.Scale);
        var first = _columns.Starts[0];
        var width = _columns.Starts[^1] + _columns.Taps - first;

        // One pixel is read as four floats, so the row is followed by one more.
        if (_mixed.Length < (3 * width) + 4)
        {
            _mixed = new float[(3 * width) + 4];
        }

        var bias = -encoding.Mean * encoding.Scale;
        var swap = encoding.Order == ChannelOrder.Bgr ? 2 : 0;
        for (var y = 0; y < window.Height; y++)
        {
            MixRows(source, first, width, y, encoding.Scale);
            MixColumns(first, bias, target.Row(swap, y), target.Row(1, y), target.Row(2 - swap, y));
        }

        for (var plane = 0; plane < 3; plane++)
        {
            for (var y = 0; y < target.Height; y++)
            {
                target.Row(plane, y)[(y < window.Height ? window.Width : 0)..].Fill(bias);
            }
        }
    }

    /// <summary>The plain form of <see cref="Fill"/>, for comparison: the value of one plane at one position.</summary>
    internal float Reference(PixelBuffer source, SourceWindow window, InputEncoding encoding, int plane, int x, int y)
    {
        _columns.Set(window.Width, source.Width, window.Left, 1 / window.Scale);
        _rows.Set(window.Height, source.Height, window.Top, 1 / window.Scale);
        var channel = encoding.Order == ChannelOrder.Bgr ? 2 - plane : plane;
        var sum = 0f;
        for (var j = 0; j < _rows.Taps; j++)
        {
            var row = source.Row(_rows.Starts[y] + j);
            for (var i = 0; i < _columns.Taps; i++)
            {
                sum += _rows.Weights[(y * _rows.Taps) + j] * _columns.Weights[(x * _columns.Taps) + i] * row[(3 * (_columns.Starts[x] + i)) + channel];
            }
        }

        return (sum - encoding.Mean) * encoding.Scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MixRows(PixelBuffer source, int first, int width, int y, float scale)
    {
        var mixed = _mixed.AsSpan(0, 3 * width);
        var weights = _rows.Weights.Slice(y * _rows.Taps, _rows.Taps);
        var cleared = false;
        for (var k = 0; k < weights.Length; k++)
        {
            if (weights[k] == 0 && (cleared || k < weights.Length - 1))
            {
                continue;
            }

            var row = source.Row(_rows.Starts[y] + k).Slice(3 * first, 3 * width);
            if (cleared)
            {
                Accumulate(row, weights[k] * scale, mixed);
            }
            else
            {
                Scale(row, weights[k] * scale, mixed);
                cleared = true;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(ReadOnlySpan<byte> bytes, float weight, Span<float> sum)
    {
        var i = 0;
        ref var from = ref MemoryMarshal.GetReference(bytes);
        ref var to = ref MemoryMarshal.GetReference(sum);
        for (; i <= bytes.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Widen(ref Unsafe.Add(ref from, i)) * weight).StoreUnsafe(ref Unsafe.Add(ref to, i));
        }

        for (; i < bytes.Length; i++)
        {
            sum[i] = bytes[i] * weight;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate(ReadOnlySpan<byte> bytes, float weight, Span<float> sum)
    {
        var i = 0;
        var factor = Vector256.Create(weight);
        ref var from = ref MemoryMarshal.GetReference(bytes);
        ref var to = ref MemoryMarshal.GetReference(sum);
        for (; i <= bytes.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            ref var place = ref Unsafe.Add(ref to, i);
            Vector256.MultiplyAddEstimate(Widen(ref Unsafe.Add(ref from, i)), factor, Vector256.LoadUnsafe(ref place)).StoreUnsafe(ref place);
        }

        for (; i < bytes.Length; i++)
        {
            sum[i] += bytes[i] * weight;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Widen(ref byte eight)
    {
        var packed = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref eight)).AsByte();
        if (Avx2.IsSupported)
        {
            return Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(packed));
        }

        var (lower, upper) = Vector128.Widen(Vector128.WidenLower(packed));
        return Vector256.Create(Vector128.ConvertToSingle(lower.AsInt32()), Vector128.ConvertToSingle(upper.AsInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MixColumns(int first, float bias, Span<float> red, Span<float> green, Span<float> blue)
    {
        ref var mixed = ref MemoryMarshal.GetArrayDataReference(_mixed);
        var starts = _columns.Starts;
        var weights = _columns.Weights;
        var taps = _columns.Taps;
        var offset = Vector128.Create(bias);
        var x = 0;
        for (; x <= starts.Length - 4; x += 4)
        {
            // Four pixels as rows r g b ?, transposed into four values per plane.
            var a = Pixel(ref mixed, 3 * (starts[x] - first), weights.Slice(x * taps, taps), offset);
            var b = Pixel(ref mixed, 3 * (starts[x + 1] - first), weights.Slice((x + 1) * taps, taps), offset);
            var c = Pixel(ref mixed, 3 * (starts[x + 2] - first), weights.Slice((x + 2) * taps, taps), offset);
            var d = Pixel(ref mixed, 3 * (starts[x + 3] - first), weights.Slice((x + 3) * taps, taps), offset);
            var ac0 = Interleave(a, c, upper: false);
            var bd0 = Interleave(b, d, upper: false);
            Interleave(ac0, bd0, upper: false).CopyTo(red[x..]);
            Interleave(ac0, bd0, upper: true).CopyTo(green[x..]);
            Interleave(Interleave(a, c, upper: true), Interleave(b, d, upper: true), upper: false).CopyTo(blue[x..]);
        }

        for (; x < starts.Length; x++)
        {
            var pixel = Pixel(ref mixed, 3 * (starts[x] - first), weights.Slice(x * taps, taps), offset);
            (red[x], green[x], blue[x]) = (pixel[0], pixel[1], pixel[2]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pixel(ref float mixed, int start, ReadOnlySpan<float> weights, Vector128<float> sum)
    {
        for (var k = 0; k < weights.Length; k++)
        {
            var value = Vector128.LoadUnsafe(ref Unsafe.Add(ref mixed, start + (3 * k)));
            sum = Vector128.MultiplyAddEstimate(value, Vector128.Create(weights[k]), sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Interleave(Vector128<float> first, Vector128<float> second, bool upper) => Sse.IsSupported
        ? upper ? Sse.UnpackHigh(first, second) : Sse.UnpackLow(first, second)
        : upper
            ? Vector128.Create(first[2], second[2], first[3], second[3])
            : Vector128.Create(first[0], second[0], first[1], second[1]);
}
