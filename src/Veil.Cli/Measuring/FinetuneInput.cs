using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Cli.Measuring;

/// <summary>Pictures as a ResNet-50 that is trained takes them: Keras' <c>preprocess_input</c> in its <c>caffe</c> mode, at any size.</summary>
internal static class FinetuneInput
{
    private const float MeanBlue = 103.939f;
    private const float MeanGreen = 116.779f;
    private const float MeanRed = 123.68f;

    /// <summary>Numbers of one picture.</summary>
    /// <param name="side">Columns and rows.</param>
    public static int Length(int side) => 3 * side * side;

    /// <summary>Planes of blue, green and red, rows from the top, 0 to 255 less ImageNet's means; pictures of another shape are squeezed.</summary>
    /// <param name="picture">Rgb24; only read.</param>
    /// <param name="side">Columns and rows.</param>
    public static float[] Of(PixelBuffer picture, int side)
    {
        using var square = new PixelBuffer(side, side, PixelFormat.Rgb24);
        Resampler.Apply(picture.Span, picture.Stride, picture.Width, picture.Height, square.Span, square.Stride, side, side, 3, Resampling.Area);
        var (values, plane) = (new float[Length(side)], side * side);
        var pixels = square.Span;
        for (var i = 0; i < plane; i++)
        {
            values[i] = pixels[(3 * i) + 2] - MeanBlue;
            values[plane + i] = pixels[(3 * i) + 1] - MeanGreen;
            values[(2 * plane) + i] = pixels[3 * i] - MeanRed;
        }

        return values;
    }
}
