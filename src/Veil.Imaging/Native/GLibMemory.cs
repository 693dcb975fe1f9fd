using System.Buffers;

namespace Veil.Imaging.Native;

/// <summary>
/// Memory that libvips allocated and handed over, usable as a pixel buffer without copying. Like the buffers of the core
/// it has no finalizer: whoever holds it disposes it.
/// </summary>
internal sealed unsafe class GLibMemory(nint data, int length) : MemoryManager<byte>
{
    private nint _data = data;

    public int Length { get; } = length;

    public void* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_data == 0, this);
            return (void*)_data;
        }
    }

    public override Span<byte> GetSpan() => new(Pointer, Length);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)Pointer + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (_data != 0)
        {
            NativeMethods.g_free(_data);
            _data = 0;
        }
    }
}
