using System.Runtime.InteropServices;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>The C interface of <c>native/include/veil_native.h</c>. See <see cref="CoefficientLibrary"/> for whether it is there.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>VEIL_NATIVE_ABI of the header that these declarations follow.</summary>
    public const int Abi = 1;

    private const string Library = "veil_native";

    [LibraryImport(Library)]
    internal static partial int veil_native_abi();

    [LibraryImport(Library)]
    internal static partial nint veil_native_error();

    [LibraryImport(Library)]
    internal static partial void veil_native_free(nint memory);

    [LibraryImport(Library)]
    internal static partial NativeStatus veil_jpeg_open(byte* data, nuint size, long mostPixels, long mostBytes, out nint opened);

    [LibraryImport(Library)]
    internal static partial void veil_jpeg_close(nint jpeg);

    [LibraryImport(Library)]
    internal static partial NativeStatus veil_jpeg_describe(CoefficientHandle jpeg, out NativeJpegInfo info);

    [LibraryImport(Library)]
    internal static partial NativeStatus veil_jpeg_profile(CoefficientHandle jpeg, out byte* data, out nuint size);

    [LibraryImport(Library)]
    internal static partial NativeStatus veil_jpeg_read_blocks(CoefficientHandle jpeg, int component, int row, int column, int count, short* coefficients);

    [LibraryImport(Library)]
    internal static partial NativeStatus veil_jpeg_decode(
        CoefficientHandle jpeg, int reduction, int left, int top, int right, int bottom, byte* pixels, nuint stride);

    [LibraryImport(Library)]
    internal static partial NativeStatus veil_jpeg_replace(
        CoefficientHandle jpeg, int left, int top, int right, int bottom, byte* pixels, nuint stride, byte* coverage, nuint coverageStride);

    [LibraryImport(Library)]
    internal static partial NativeStatus veil_jpeg_write(
        CoefficientHandle jpeg, NativeSegment* segments, int count, nuint expected, out nint data, out nuint size);
}
