using System.Runtime.CompilerServices;
using Veil.Errors;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>
/// A JPEG as quantised coefficients: decoded where wanted, re-encoded where covered, written with all else as it was.
/// Rectangles are in pixels of the stored picture, before orientation. Not thread-safe.
/// </summary>
internal sealed unsafe class JpegCoefficients : IDisposable
{
    // Coefficients take two bytes a sample: of pictures beyond this, the pixels take less memory.
    private const long MostBytes = 1L << 30;

    private readonly CoefficientHandle _handle;
    private readonly NativeJpegInfo _info;
    private readonly int _fileLength;

    private JpegCoefficients(CoefficientHandle handle, int fileLength)
    {
        (_handle, _fileLength) = (handle, fileLength);
        Require(NativeMethods.veil_jpeg_describe(handle, out _info));
    }

    public int Width => _info.Width;

    public int Height => _info.Height;

    public PixelRect Bounds => new(0, 0, Width, Height);

    public JpegColour Colour => _info.Colour;

    /// <summary>Of decoded pixels: 1, 3 or 4.</summary>
    public int Channels => _info.Channels;

    public int Components => _info.Components;

    public bool IsProgressive => _info.IsProgressive != 0;

    public int RestartInterval => _info.RestartInterval;

    /// <summary>Pixels of the smallest unit that holds whole blocks of every component.</summary>
    public (int Width, int Height) Unit => (8 * _info.LargestHorizontal, 8 * _info.LargestVertical);

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file; not needed afterwards.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="reason">Why it cannot be kept this way; empty when it can.</param>
    /// <returns>Null when it cannot; then another decoder judges the file.</returns>
    public static JpegCoefficients? TryOpen(ReadOnlySpan<byte> file, PictureLimits limits, out string reason)
    {
        reason = CoefficientLibrary.WhyNot;
        if (reason.Length > 0)
        {
            return null;
        }

        fixed (byte* data = file)
        {
            if (NativeMethods.veil_jpeg_open(data, (nuint)file.Length, limits.MaxPixels, MostBytes, out var opened) == NativeStatus.Ok)
            {
                return new JpegCoefficients(new CoefficientHandle(opened), file.Length);
            }
        }

        reason = CoefficientLibrary.TakeMessage();
        return null;
    }

    /// <summary>A component's layout.</summary>
    public NativeComponent Component(int index) => _info.Component[index];

    /// <summary>The colour profile; empty when there is none.</summary>
    public byte[] ReadProfile()
    {
        Require(NativeMethods.veil_jpeg_profile(_handle, out var data, out var size));
        return new ReadOnlySpan<byte>(data, checked((int)size)).ToArray();
    }

    /// <summary>The quantised coefficients of one row of blocks, 64 each, row by row in the block.</summary>
    public short[] ReadBlockRow(int component, int row)
    {
        var columns = Component(component).BlockColumns;
        var values = new short[columns * 64];
        fixed (short* target = values)
        {
            Require(NativeMethods.veil_jpeg_read_blocks(_handle, component, row, 0, columns, target));
        }

        return values;
    }

    /// <summary>Decodes a rectangle into packed or padded rows of <see cref="Channels"/> bytes a pixel.</summary>
    /// <param name="reduction">1, 2, 4 or 8.</param>
    /// <param name="area">In reduced pixels; the reduced picture's size rounds up.</param>
    /// <param name="target">Rows.</param>
    /// <param name="stride">Bytes from row to row.</param>
    public void Decode(int reduction, PixelRect area, Span<byte> target, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((long)target.Length, ((long)stride * (area.Height - 1)) + ((long)area.Width * Channels), nameof(target));
        fixed (byte* pixels = target)
        {
            Require(NativeMethods.veil_jpeg_decode(_handle, reduction, area.Left, area.Top, area.Right, area.Bottom, pixels, (nuint)stride));
        }
    }

    /// <summary>Encodes pixels into the blocks that coverage touches.</summary>
    /// <param name="area">Whole units, see <see cref="Unit"/>, or up to the picture's edge.</param>
    /// <param name="pixels">Packed rows of <see cref="Channels"/> bytes a pixel.</param>
    /// <param name="coverage">Packed rows, one byte a pixel.</param>
    public void Replace(PixelRect area, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> coverage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels.Length, area.Width * area.Height * Channels, nameof(pixels));
        ArgumentOutOfRangeException.ThrowIfLessThan(coverage.Length, area.Width * area.Height, nameof(coverage));
        fixed (byte* from = pixels, mask = coverage)
        {
            Require(NativeMethods.veil_jpeg_replace(
                _handle, area.Left, area.Top, area.Right, area.Bottom, from, (nuint)(area.Width * Channels), mask, (nuint)area.Width));
        }
    }

    /// <summary>Writes the file with the given segments and no others.</summary>
    public NativeBytes Write(IReadOnlyList<JpegSegment> segments)
    {
        using var pins = new PinnedSegments(segments);
        fixed (NativeSegment* first = pins.Native)
        {
            // Little more than the source had is expected; libjpeg grows the buffer when it is not enough.
            const int slack = 1 << 16;
            Require(NativeMethods.veil_jpeg_write(_handle, first, segments.Count, (nuint)_fileLength + slack, out var data, out var size));
            return new NativeBytes(data, checked((int)size));
        }
    }

    public void Dispose() => _handle.Dispose();

    private static void Require(NativeStatus status, [CallerMemberName] string operation = "")
    {
        if (status == NativeStatus.Ok)
        {
            return;
        }

        var message = CoefficientLibrary.TakeMessage();
        throw status == NativeStatus.Argument
            ? new ArgumentException($"{operation}: {message}")
            : new VeilException(VeilErrorCode.EncodeFailed, $"The coefficients cannot be processed ({operation}): {message}", "use --encode full");
    }
}
