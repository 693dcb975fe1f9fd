using System.Buffers;
using System.Runtime.InteropServices;

namespace Veil.Imaging;

/// <summary>
/// Zeroed memory outside the garbage-collected heap. Pictures are tens of megabytes and short-lived: freed at once they
/// keep the peak low, where the large-object heap would keep them until its next full collection. There is no finalizer:
/// it could free memory under a span still in use; whoever creates a buffer disposes it.
/// </summary>
internal sealed unsafe class NativeMemoryOwner : MemoryManager<byte>
{
    private const nuint Alignment = 64;
    private readonly int _length;
    private byte* _allocated;
    private byte* _pointer;

    public NativeMemoryOwner(int length)
    {
        // The system hands out large zeroed areas page by page on first use: pixels that nobody touches cost nothing.
        _length = length;
        _allocated = (byte*)NativeMemory.AllocZeroed((nuint)length + Alignment);
        _pointer = (byte*)(((nuint)_allocated + Alignment - 1) / Alignment * Alignment);
        GC.AddMemoryPressure(Math.Max(1, length));
    }

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_pointer is null, this);
        return new Span<byte>(_pointer, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_pointer is null, this);
        return new MemoryHandle(_pointer + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (_pointer is null)
        {
            return;
        }

        NativeMemory.Free(_allocated);
        _allocated = null;
        _pointer = null;
        GC.RemoveMemoryPressure(Math.Max(1, _length));
    }
}
