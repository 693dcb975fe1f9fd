using System.Runtime.InteropServices;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>veil_segment of <c>native/include/veil_native.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeSegment
{
    public int Marker;
    public uint Length;
    public byte* Data;
}
