namespace Veil.Imaging.Native;

/// <summary>Holds the bytes that a saver made.</summary>
internal sealed unsafe class VipsBlob : IDisposable
{
    private GValue _value;

    /// <summary>Takes over a value that holds a blob.</summary>
    public VipsBlob(GValue value) => _value = value;

    public EncodedBytes Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_value.Type == 0, this);
            var data = NativeMethods.vips_value_get_blob(ref _value, out var size);
            return new EncodedBytes(data, checked((int)size));
        }
    }

    public void Dispose()
    {
        if (_value.Type != 0)
        {
            NativeMethods.g_value_unset(ref _value);
            _value = default;
        }
    }
}
