using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

/// <summary>veil_detection of <c>native/include/veil_vision.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeDetection
{
    public float Left;
    public float Top;
    public float Right;
    public float Bottom;
    public float Score;
}
