using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

/// <summary>The C interface of <c>native/include/veil_vision.h</c>, one file per concern. See <see cref="VisionLibrary"/> for whether it is there.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>VEIL_VISION_ABI of the header that these declarations follow.</summary>
    public const int Abi = 2;

    private const string Library = "veil_vision";

    [LibraryImport(Library)]
    internal static partial int veil_vision_abi();

    [LibraryImport(Library)]
    internal static partial nint veil_vision_versions();

    [LibraryImport(Library)]
    internal static partial nint veil_vision_error();

    [LibraryImport(Library)]
    internal static partial void veil_vision_free(void* memory);
}
