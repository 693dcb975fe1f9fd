using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial VisionStatus veil_cascade_open(string path, out nint opened);

    [LibraryImport(Library)]
    internal static partial void veil_cascade_close(nint cascade);

    [LibraryImport(Library)]
    internal static partial VisionStatus veil_cascade_detect(
        CascadeHandle cascade, in NativeImage image, in NativeScaling scaling, in NativeCascadeSettings settings, out NativeDetection* detections, out int count);
}
