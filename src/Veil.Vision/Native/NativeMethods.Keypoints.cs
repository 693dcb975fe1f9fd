using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial VisionStatus veil_orb_keypoints(in NativeImage image, int most, int* columns, int* rows, out int found);
}
