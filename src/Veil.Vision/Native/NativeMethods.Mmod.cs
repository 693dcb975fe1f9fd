using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial VisionStatus veil_mmod_open(byte* data, nuint size, out nint opened);

    [LibraryImport(Library)]
    internal static partial void veil_mmod_close(nint mmod);

    [LibraryImport(Library)]
    internal static partial VisionStatus veil_mmod_detect(
        MmodHandle mmod, in NativeImage image, in NativeScaling scaling, double threshold, out NativeDetection* detections, out int count);
}
