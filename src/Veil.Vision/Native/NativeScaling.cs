using System.Runtime.InteropServices;

namespace Veil.Vision.Native;

/// <summary>veil_scaling of <c>native/include/veil_vision.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeScaling(long mostPixels, int doublings)
{
    public readonly long MostPixels = mostPixels;
    public readonly int Doublings = doublings;
}
