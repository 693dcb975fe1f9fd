using System.Numerics;
using Veil.Imaging;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Bodies;

/// <summary>
/// Masks of YOLO's segmentation networks: a person is a weighted sum of 32 prototypes, maps of a quarter of the input's
/// columns and rows (https://docs.ultralytics.com/tasks/segment).
/// </summary>
internal static class YoloMask
{
    /// <summary>Prototypes.</summary>
    public const int Prototypes = 32;

    /// <summary>Input pixels of a cell.</summary>
    public const int Stride = 4;

    /// <summary>Logit of a probability of one in five: what may be the person is.</summary>
    private const float Covered = -1.386f;

    /// <summary>How far around the box the mask may go, as a share of its sides.</summary>
    private const float Reach = 0.05f;

    /// <summary>Share of the box below which a mask is not to be trusted.</summary>
    private const float LeastFill = 0.25f;

    /// <summary>The mask of one person, in a picture's pixels; null where it is not to be trusted.</summary>
    /// <param name="prototypes">32 maps.</param>
    /// <param name="side">Columns and rows of each.</param>
    /// <param name="weights">32 weights.</param>
    /// <param name="box">The person, input pixels.</param>
    /// <param name="window">What the input showed.</param>
    /// <param name="picture">The pixels there are.</param>
    public static RegionMask? Draw(ReadOnlySpan<float> prototypes, int side, ReadOnlySpan<float> weights, Box box, SourceWindow window, PixelRect picture)
    {
        var cells = box.Scale(1f / Stride, 1f / Stride);
        var area = cells.Grow(Reach).ToPixels().Intersect(new PixelRect(0, 0, side, side));
        var bounds = box.Grow(Reach).Scale(1 / window.Scale, 1 / window.Scale).Offset(window.Left, window.Top).ToPixels().Intersect(picture);
        if (area.IsEmpty || bounds.IsEmpty)
        {
            return null;
        }

        var coverage = new byte[area.Width * area.Height];
        var filled = 0;
        for (var i = 0; i < coverage.Length; i++)
        {
            var cell = ((area.Top + (i / area.Width)) * side) + area.Left + (i % area.Width);
            var logit = 0f;
            for (var k = 0; k < Prototypes; k++)
            {
                logit += weights[k] * prototypes[(k * side * side) + cell];
            }

            if (logit > Covered)
            {
                coverage[i] = byte.MaxValue;
                filled++;
            }
        }

        return filled < LeastFill * cells.Area
            ? null
            : MaskRasterizer.FromCells(new RegionMask(area, coverage), new Vector2(window.Left, window.Top), window.Scale / Stride, bounds);
    }
}
