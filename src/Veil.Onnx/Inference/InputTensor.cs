using System.Runtime.InteropServices;

namespace Veil.Onnx.Inference;

/// <summary>
/// Reusable memory for a model's input, 1×3×height×width floats outside the garbage-collected heap (it is megabytes, lives
/// long, and native code reads it in place). Grows to the largest size asked for. Not thread-safe.
/// </summary>
public sealed unsafe class InputTensor : IDisposable
{
    private const nuint Alignment = 64;
    private float* _values;
    private int _capacity;
    private bool _disposed;

    /// <summary>Columns.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>Address of the first value; changes with <see cref="Resize"/>.</summary>
    internal float* Pointer => _values;

    /// <summary>All values: three planes of rows.</summary>
    public Span<float> Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new Span<float>(_values, 3 * Width * Height);
        }
    }

    /// <summary>Sets the size; the values are undefined afterwards.</summary>
    public void Resize(int width, int height)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var needed = checked(3 * width * height);
        if (needed > _capacity)
        {
            NativeMemory.AlignedFree(_values);
            _values = null;
            _capacity = 0;
            _values = (float*)NativeMemory.AlignedAlloc((nuint)needed * sizeof(float), Alignment);
            _capacity = needed;
        }

        (Width, Height) = (width, height);
    }

    /// <summary>One row of a plane.</summary>
    public Span<float> Row(int plane, int y) => Values.Slice(((plane * Height) + y) * Width, Width);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        NativeMemory.AlignedFree(_values);
        _values = null;
        _capacity = 0;
    }
}
