using System.Runtime.InteropServices;

namespace Veil.Imaging.Native;

/// <summary>A reference to a libvips image: usually not pixels but the recipe for them, computed when written.</summary>
internal sealed unsafe class VipsImage : SafeHandle
{
    public VipsImage(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    public int Width => NativeMethods.vips_image_get_width(this);

    public int Height => NativeMethods.vips_image_get_height(this);

    public int Bands => NativeMethods.vips_image_get_bands(this);

    public VipsBandFormat Format => (VipsBandFormat)NativeMethods.vips_image_get_format(this);

    public VipsInterpretation Interpretation => (VipsInterpretation)NativeMethods.vips_image_get_interpretation(this);

    public int Pages => NativeMethods.vips_image_get_n_pages(this);

    /// <summary>EXIF's numbering, 1..8; 1 is upright.</summary>
    public int Orientation => NativeMethods.vips_image_get_orientation(this);

    /// <summary>Pixels per millimetre.</summary>
    public (double X, double Y) Resolution => (NativeMethods.vips_image_get_xres(this), NativeMethods.vips_image_get_yres(this));

    /// <summary>Views pixels in memory, which must stay where they are for as long as anything derived from the image lives.</summary>
    public static VipsImage View(void* data, long size, int width, int height, int bands, VipsBandFormat format)
    {
        var image = NativeMethods.vips_image_new_from_memory(data, (nuint)size, width, height, bands, (int)format);
        return image == 0 ? throw VipsLibrary.TakeFailure() : new VipsImage(image);
    }

    /// <summary>Computes every pixel into memory of its own.</summary>
    public GLibMemory ToMemory()
    {
        var data = NativeMethods.vips_image_write_to_memory(this, out var size);
        return data == 0 ? throw VipsLibrary.TakeFailure() : new GLibMemory(data, checked((int)size));
    }

    /// <summary>Another handle to the same image.</summary>
    public VipsImage Share() => new(NativeMethods.g_object_ref(handle));

    public bool Has(string name) => NativeMethods.vips_image_get_typeof(this, name) != 0;

    public int? GetInt(string name) =>
        Has(name) && NativeMethods.vips_image_get_int(this, name, out var value) == 0 ? value : null;

    public string? GetString(string name) =>
        Has(name) && NativeMethods.vips_image_get_string(this, name, out var value) == 0 ? Marshal.PtrToStringUTF8(value) : null;

    public byte[]? GetBlob(string name) =>
        Has(name) && NativeMethods.vips_image_get_blob(this, name, out var data, out var size) == 0
            ? new ReadOnlySpan<byte>(data, checked((int)size)).ToArray()
            : null;

    public int[]? GetInts(string name) =>
        Has(name) && NativeMethods.vips_image_get_array_int(this, name, out var values, out var count) == 0
            ? new ReadOnlySpan<int>(values, count).ToArray()
            : null;

    public void Set(string name, int value) => NativeMethods.vips_image_set_int(this, name, value);

    public void Set(string name, ReadOnlySpan<byte> value)
    {
        fixed (byte* data = value)
        {
            NativeMethods.vips_image_set_blob_copy(this, name, data, (nuint)value.Length);
        }
    }

    public void Set(string name, ReadOnlySpan<int> values)
    {
        fixed (int* data = values)
        {
            NativeMethods.vips_image_set_array_int(this, name, data, values.Length);
        }
    }

    /// <summary>The address itself, for use while this handle is kept alive by the caller.</summary>
    internal nint Address => handle;

    protected override bool ReleaseHandle()
    {
        NativeMethods.g_object_unref(handle);
        return true;
    }
}
