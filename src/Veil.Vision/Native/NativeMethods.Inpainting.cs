using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial VisionStatus veil_inpaint_telea(
        byte* pixels, nuint stride, int width, int height, byte* mask, nuint maskStride, float radius);
}
