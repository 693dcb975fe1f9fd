namespace Veil.Imaging.Native;

/// <summary>One libvips operation: named, given its arguments, run, asked for its results. Not thread-safe.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private nint _operation;

    public VipsOperation(string name)
    {
        _operation = NativeMethods.vips_operation_new(name);
        if (_operation == 0)
        {
            throw VipsLibrary.TakeFailure();
        }
    }

    public VipsOperation Set(string name, int value)
    {
        var boxed = Create(GValue.Int32Type);
        NativeMethods.g_value_set_int(ref boxed, value);
        return SetAndClear(name, ref boxed);
    }

    // GLib turns an integer into whatever enumeration or flags the property has.
    public VipsOperation Set<T>(string name, T value)
        where T : struct, Enum => Set(name, Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));

    public VipsOperation Set(string name, bool value)
    {
        var boxed = Create(GValue.BooleanType);
        NativeMethods.g_value_set_boolean(ref boxed, value ? 1 : 0);
        return SetAndClear(name, ref boxed);
    }

    public VipsOperation Set(string name, double value)
    {
        var boxed = Create(GValue.DoubleType);
        NativeMethods.g_value_set_double(ref boxed, value);
        return SetAndClear(name, ref boxed);
    }

    public VipsOperation Set(string name, string value)
    {
        var boxed = Create(GValue.StringType);
        NativeMethods.g_value_set_string(ref boxed, value);
        return SetAndClear(name, ref boxed);
    }

    public VipsOperation Set(string name, VipsImage value)
    {
        var boxed = Create(NativeMethods.vips_image_get_type());
        NativeMethods.g_value_set_object(ref boxed, value);
        return SetAndClear(name, ref boxed);
    }

    public VipsOperation Set(string name, IReadOnlyList<VipsImage> values)
    {
        var boxed = Create(NativeMethods.vips_array_image_get_type());
        NativeMethods.vips_value_set_array_image(ref boxed, values.Count);
        var slots = NativeMethods.vips_value_get_array_image(ref boxed, out _);
        for (var i = 0; i < values.Count; i++)
        {
            // The array owns a reference to each.
            slots[i] = NativeMethods.g_object_ref(values[i].Address);
        }

        return SetAndClear(name, ref boxed);
    }

    /// <summary>Encoded bytes as an argument; not copied: they stay in place until everything derived is released.</summary>
    public VipsOperation Set(string name, EncodedBytes value)
    {
        var boxed = Create(NativeMethods.vips_blob_get_type());
        NativeMethods.vips_value_set_blob(ref boxed, 0, value.Data, (nuint)value.Length);
        return SetAndClear(name, ref boxed);
    }

    /// <summary>Runs the operation.</summary>
    /// <exception cref="VipsFailure">It failed.</exception>
    public VipsOperation Build()
    {
        fixed (nint* operation = &_operation)
        {
            if (NativeMethods.vips_cache_operation_buildp(operation) != 0)
            {
                throw VipsLibrary.TakeFailure();
            }
        }

        return this;
    }

    /// <summary>Runs the operation and returns its image.</summary>
    public VipsImage ToImage()
    {
        Build();
        var boxed = Create(NativeMethods.vips_image_get_type());
        NativeMethods.g_object_get_property(_operation, "out", ref boxed);
        var image = NativeMethods.g_value_dup_object(ref boxed);
        NativeMethods.g_value_unset(ref boxed);
        return new VipsImage(image);
    }

    /// <summary>Runs a saver and returns its bytes.</summary>
    public VipsBlob ToBlob()
    {
        Build();
        var boxed = Create(NativeMethods.vips_blob_get_type());
        NativeMethods.g_object_get_property(_operation, "buffer", ref boxed);
        return new VipsBlob(boxed);
    }

    public void Dispose()
    {
        if (_operation != 0)
        {
            // A failed operation may already hold some of its outputs; this releases them as well.
            NativeMethods.vips_object_unref_outputs(_operation);
            NativeMethods.g_object_unref(_operation);
            _operation = 0;
        }
    }

    private static GValue Create(nuint type)
    {
        var value = default(GValue);
        NativeMethods.g_value_init(ref value, type);
        return value;
    }

    private VipsOperation SetAndClear(string name, ref GValue value)
    {
        NativeMethods.g_object_set_property(_operation, name, ref value);
        NativeMethods.g_value_unset(ref value);
        return this;
    }
}
