using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

/// <summary>veil_image of <c>native/include/veil_vision.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeImage
{
    public byte* Pixels;
    public nuint Stride;
    public int Width;
    public int Height;
}
