using System.Numerics;

namespace Veil.Anonymization.Methods.Veiling;

/// <summary>
/// A tone ready to draw: <c>colour = Base + Slope × light</c> for a light in luma steps around 0. The slopes make shade
/// warmer and lights paler, as skin does; a neutral tone stays exactly neutral.
/// </summary>
/// <param name="Base">Red, green and blue without light or shade, 0..255.</param>
/// <param name="Slope">What a step of light adds to each.</param>
/// <param name="Contrast">Share of light, shade and grain that suits the tone, 0..1.</param>
internal readonly record struct VeilInk(Vector3 Base, Vector3 Slope, float Contrast)
{
    // Share of the tint that a full range of light takes away.
    private const float Paling = 1.2f / 255;

    public static VeilInk Of(float luma, float cr, float cb, float contrast)
    {
        // Rec. 601 back to RGB.
        var (red, blue) = (cr / 0.713f, cb / 0.564f);
        var tint = new Vector3(red, -((0.299f * red) + (0.114f * blue)) / 0.587f, blue);
        return new VeilInk(new Vector3(luma) + tint, Vector3.One - (tint * Paling), contrast);
    }
}
