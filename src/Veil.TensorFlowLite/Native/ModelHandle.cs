using System.Runtime.InteropServices;

namespace Veil.TensorFlowLite.Native;

/// <summary>A TfLiteModel and the bytes it reads from, which it does not copy.</summary>
internal sealed unsafe class ModelHandle : SafeHandle
{
    // What flat buffers hold is aligned to 16 bytes at most.
    private const nuint Alignment = 64;

    private void* _bytes;

    internal ModelHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Invalid where the library refuses the bytes.</summary>
    public static ModelHandle Create(ReadOnlySpan<byte> bytes)
    {
        var model = new ModelHandle { _bytes = NativeMemory.AlignedAlloc((nuint)bytes.Length, Alignment) };
        bytes.CopyTo(new Span<byte>(model._bytes, bytes.Length));
        model.SetHandle(NativeMethods.TfLiteModelCreate((byte*)model._bytes, (nuint)bytes.Length));
        if (model.IsInvalid)
        {
            model.FreeBytes();
        }

        return model;
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.TfLiteModelDelete(handle);
        FreeBytes();
        return true;
    }

    private void FreeBytes()
    {
        NativeMemory.AlignedFree(_bytes);
        _bytes = null;
    }
}
