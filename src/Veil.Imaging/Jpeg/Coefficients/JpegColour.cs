namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>How a JPEG stores colour (veil_colour of <c>native/include/veil_native.h</c>).</summary>
internal enum JpegColour
{
    Grey = 1,
    Rgb = 2,
    Ycc = 3,
    Cmyk = 4,
    Ycck = 5,
}
