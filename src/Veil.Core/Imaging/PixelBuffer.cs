using System.Buffers;

namespace Veil.Imaging;

/// <summary>
/// A rectangle of pixels in memory: rows of <see cref="Stride"/> bytes, top row first. It either owns its memory
/// (freed by <see cref="Dispose"/>) or is a view of somebody else's.
/// Not thread-safe; different threads may work on different rows.
/// </summary>
public sealed class PixelBuffer : IDisposable
{
    private readonly Memory<byte> _memory;
    private readonly IDisposable? _owner;
    private bool _disposed;

    /// <summary>Allocates zeroed pixels outside the garbage-collected heap; rows are packed without padding.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="format">Pixel format.</param>
    public PixelBuffer(int width, int height, PixelFormat format)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Stride = checked(width * format.BytesPerPixel());
        var owner = new NativeMemoryOwner(checked(Stride * height));
        (_owner, _memory) = (owner, owner.Memory);
        (Width, Height, Format) = (width, height, format);
    }

    private PixelBuffer(Memory<byte> memory, int width, int height, int stride, PixelFormat format, IDisposable? owner)
    {
        (_memory, Width, Height, Stride, Format, _owner) = (memory, width, height, stride, format, owner);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from the start of one row to the start of the next; at least <c>Width × bytes per pixel</c>.</summary>
    public int Stride { get; }

    /// <summary>How a pixel is stored.</summary>
    public PixelFormat Format { get; }

    /// <summary>All pixels as a rectangle from (0, 0).</summary>
    public PixelRect Bounds => new(0, 0, Width, Height);

    /// <summary>Every byte from the first pixel to the last, row padding included.</summary>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _memory.Span;
        }
    }

    /// <summary>Views memory that somebody else owns, or takes it over when <paramref name="owner"/> is given.</summary>
    /// <param name="memory">At least <c>stride × (height − 1) + width × bytes per pixel</c> bytes.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="format">Pixel format.</param>
    /// <param name="owner">Disposed together with the buffer.</param>
    /// <exception cref="ArgumentException">The memory is too short, or the stride shorter than a row.</exception>
    public static PixelBuffer Wrap(Memory<byte> memory, int width, int height, int stride, PixelFormat format, IDisposable? owner = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var row = checked(width * format.BytesPerPixel());
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, row);
        var needed = checked((stride * (height - 1)) + row);
        if (memory.Length < needed)
        {
            throw new ArgumentException($"Expected at least {needed} bytes for {width}×{height} {format} with stride {stride}, but received {memory.Length}.", nameof(memory));
        }

        return new PixelBuffer(memory[..needed], width, height, stride, format, owner);
    }

    /// <summary>The bytes of row <paramref name="y"/>, without padding.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<byte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return Span.Slice(y * Stride, Width * Format.BytesPerPixel());
    }

    /// <summary>A view of part of the picture; it shares memory and must not outlive this buffer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or reaches outside.</exception>
    public PixelBuffer View(PixelRect rect)
    {
        if (rect.IsEmpty || rect.Intersect(Bounds) != rect)
        {
            throw new ArgumentOutOfRangeException(nameof(rect), rect, $"Expected a non-empty rectangle inside {Width}×{Height}.");
        }

        ObjectDisposedException.ThrowIf(_disposed, this);
        var pixel = Format.BytesPerPixel();
        var start = (rect.Top * Stride) + (rect.Left * pixel);
        var length = (Stride * (rect.Height - 1)) + (rect.Width * pixel);
        return new PixelBuffer(_memory.Slice(start, length), rect.Width, rect.Height, Stride, Format, owner: null);
    }

    /// <summary>An owned copy with packed rows.</summary>
    public PixelBuffer Clone()
    {
        var copy = new PixelBuffer(Width, Height, Format);
        CopyTo(copy);
        return copy;
    }

    /// <summary>Copies every pixel to a buffer of the same size and format.</summary>
    /// <exception cref="ArgumentException">Size or format differ.</exception>
    public void CopyTo(PixelBuffer target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Width != Width || target.Height != Height || target.Format != Format)
        {
            throw new ArgumentException($"Expected a {Width}×{Height} {Format} target, but received {target.Width}×{target.Height} {target.Format}.", nameof(target));
        }

        for (var y = 0; y < Height; y++)
        {
            Row(y).CopyTo(target.Row(y));
        }
    }

    /// <summary>Pins the pixels for native code; dispose the handle to release them.</summary>
    public MemoryHandle Pin()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _memory.Pin();
    }

    /// <summary>Frees the memory when this buffer owns it. Views become invalid.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _owner?.Dispose();
    }
}
