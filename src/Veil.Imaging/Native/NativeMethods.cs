using System.Runtime.InteropServices;

namespace Veil.Imaging.Native;

/// <summary>
/// The part of libvips' and GObject's C interface that Veil calls; one library exports both. No variadic function is
/// among them: their calling convention cannot be expressed here. See <see cref="VipsLibrary"/> for where it is loaded from.
/// </summary>
internal static unsafe partial class NativeMethods
{
    public const string Library = "libvips-cpp";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_init(string argv0);

    [LibraryImport(Library)]
    internal static partial int vips_version(int flag);

    [LibraryImport(Library)]
    internal static partial void vips_cache_set_max(int max);

    [LibraryImport(Library)]
    internal static partial void vips_cache_set_max_mem(nuint max);

    [LibraryImport(Library)]
    internal static partial void vips_cache_set_max_files(int max);

    [LibraryImport(Library)]
    internal static partial void vips_concurrency_set(int concurrency);

    [LibraryImport(Library)]
    internal static partial void vips_block_untrusted_set(int state);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void vips_operation_block_set(string name, int state);

    [LibraryImport(Library)]
    internal static partial nint vips_error_buffer_copy();

    [LibraryImport(Library)]
    internal static partial void vips_error_clear();

    [LibraryImport(Library)]
    internal static partial nuint vips_tracked_get_mem();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint vips_operation_new(string name);

    [LibraryImport(Library)]
    internal static partial int vips_cache_operation_buildp(nint* operation);

    [LibraryImport(Library)]
    internal static partial void vips_object_unref_outputs(nint operation);

    [LibraryImport(Library)]
    internal static partial nint vips_image_new_from_memory(void* data, nuint size, int width, int height, int bands, int format);

    [LibraryImport(Library)]
    internal static partial nint vips_image_write_to_memory(VipsImage image, out nuint size);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_width(VipsImage image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_height(VipsImage image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_bands(VipsImage image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_format(VipsImage image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_interpretation(VipsImage image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_n_pages(VipsImage image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_orientation(VipsImage image);

    [LibraryImport(Library)]
    internal static partial double vips_image_get_xres(VipsImage image);

    [LibraryImport(Library)]
    internal static partial double vips_image_get_yres(VipsImage image);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint vips_image_get_typeof(VipsImage image, string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_image_get_int(VipsImage image, string name, out int value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_image_get_string(VipsImage image, string name, out nint value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_image_get_blob(VipsImage image, string name, out byte* data, out nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_image_get_array_int(VipsImage image, string name, out int* values, out int count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void vips_image_set_int(VipsImage image, string name, int value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void vips_image_set_blob_copy(VipsImage image, string name, byte* data, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void vips_image_set_array_int(VipsImage image, string name, int* values, int count);

    [LibraryImport(Library)]
    internal static partial nuint vips_image_get_type();

    [LibraryImport(Library)]
    internal static partial nuint vips_blob_get_type();

    [LibraryImport(Library)]
    internal static partial nuint vips_array_image_get_type();

    [LibraryImport(Library)]
    internal static partial void vips_value_set_blob(ref GValue value, nint free, void* data, nuint size);

    [LibraryImport(Library)]
    internal static partial void* vips_value_get_blob(ref GValue value, out nuint size);

    [LibraryImport(Library)]
    internal static partial void vips_value_set_array_image(ref GValue value, int count);

    [LibraryImport(Library)]
    internal static partial nint* vips_value_get_array_image(ref GValue value, out int count);

    [LibraryImport(Library)]
    internal static partial GValue* g_value_init(ref GValue value, nuint type);

    [LibraryImport(Library)]
    internal static partial void g_value_unset(ref GValue value);

    [LibraryImport(Library)]
    internal static partial void g_value_set_int(ref GValue value, int number);

    [LibraryImport(Library)]
    internal static partial void g_value_set_boolean(ref GValue value, int truth);

    [LibraryImport(Library)]
    internal static partial void g_value_set_double(ref GValue value, double number);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_value_set_string(ref GValue value, string text);

    [LibraryImport(Library)]
    internal static partial void g_value_set_object(ref GValue value, VipsImage image);

    [LibraryImport(Library)]
    internal static partial nint g_value_dup_object(ref GValue value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_set_property(nint target, string name, ref GValue value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_get_property(nint target, string name, ref GValue value);

    [LibraryImport(Library)]
    internal static partial nint g_object_ref(nint target);

    [LibraryImport(Library)]
    internal static partial void g_object_unref(nint target);

    [LibraryImport(Library)]
    internal static partial void g_free(nint memory);

    [LibraryImport(Library)]
    internal static partial nint g_log_set_default_handler(delegate* unmanaged[Cdecl]<nint, int, nint, nint, void> handler, nint data);
}
