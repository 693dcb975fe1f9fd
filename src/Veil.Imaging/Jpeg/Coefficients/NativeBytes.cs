namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>A written file in native memory; whoever asked for it disposes it.</summary>
internal sealed unsafe class NativeBytes(nint data, int length) : IDisposable
{
    private nint _data = data;

    public ReadOnlySpan<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_data == 0, this);
            return new ReadOnlySpan<byte>((void*)_data, length);
        }
    }

    public void Dispose()
    {
        if (_data != 0)
        {
            NativeMethods.veil_native_free(_data);
            _data = 0;
        }
    }
}
