using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>veil_jpeg_info of <c>native/include/veil_native.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeJpegInfo
{
    public int Width;
    public int Height;
    public JpegColour Colour;
    public int Channels;
    public int Components;
    public int IsProgressive;
    public int IsArithmetic;
    public int RestartInterval;
    public int LargestHorizontal;
    public int LargestVertical;
    public int DensityUnit;
    public int DensityX;
    public int DensityY;
    public FourComponents Component;

    [InlineArray(4)]
    internal struct FourComponents
    {
        private NativeComponent _first;
    }
}
