using System.Numerics;
using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial VisionStatus veil_shape_open(byte* data, nuint size, out nint opened);

    [LibraryImport(Library)]
    internal static partial void veil_shape_close(nint shape);

    [LibraryImport(Library)]
    internal static partial VisionStatus veil_shape_count(ShapeHandle shape, out int points);

    /// <summary>A point is two floats, as <see cref="Vector2"/> is.</summary>
    [LibraryImport(Library)]
    internal static partial VisionStatus veil_shape_locate(ShapeHandle shape, in NativeImage image, in NativeDetection face, Vector2* points, int capacity);
}
