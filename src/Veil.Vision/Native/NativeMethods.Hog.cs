using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial VisionStatus veil_hog_open(out nint opened);

    [LibraryImport(Library)]
    internal static partial void veil_hog_close(nint hog);

    [LibraryImport(Library)]
    internal static partial VisionStatus veil_hog_detect(
        HogHandle hog, in NativeImage image, in NativeScaling scaling, double threshold, out NativeDetection* detections, out int count);
}
