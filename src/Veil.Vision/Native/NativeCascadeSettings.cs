using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

/// <summary>veil_cascade_settings of <c>native/include/veil_vision.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeCascadeSettings
{
    public double ScaleFactor;
    public int Neighbors;
    public int Smallest;
    public int Mirrored;
}
