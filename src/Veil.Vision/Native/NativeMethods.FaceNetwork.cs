using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial VisionStatus veil_face_network_open(byte* data, nuint size, out nint opened);

    [LibraryImport(Library)]
    internal static partial void veil_face_network_close(nint opened);

    [LibraryImport(Library)]
    internal static partial VisionStatus veil_face_network_describe(FaceNetworkHandle opened, in NativeImage chip, float* values, int capacity);
}
