using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Onnx.Classification;

/// <summary>
/// Pictures as Keras' <c>resnet50.preprocess_input</c> (mode <c>caffe</c>) gives them: 224×224, blue, green, red, less the
/// mean colour of ImageNet.
/// </summary>
internal static class ResNet50Input
{
    /// <summary>Columns and rows.</summary>
    public const int Side = 224;

    /// <summary>Floats of one picture.</summary>
    public const int Length = 3 * Side * Side;

    private const float MeanBlue = 103.939f;
    private const float MeanGreen = 116.779f;
    private const float MeanRed = 123.68f;

    /// <summary>Fills one input.</summary>
    /// <param name="picture"><see cref="PixelFormat.Rgb24"/> of any size; only read.</param>
    /// <param name="target"><see cref="Length"/> floats, three planes.</param>
    /// <exception cref="ArgumentException">The picture has another format.</exception>
    public static void Fill(PixelBuffer picture, Span<float> target)
    {
        picture.RequireFormat(PixelFormat.Rgb24);

        using var square = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        Resampler.Apply(picture.Span, picture.Stride, picture.Width, picture.Height, square.Span, square.Stride, Side, Side, 3, Resampling.Area);
        var (blue, green, red) = (0, Side * Side, 2 * Side * Side);
        var pixels = square.Span;
        for (var i = 0; i < Side * Side; i++)
        {
            target[red + i] = pixels[3 * i] - MeanRed;
            target[green + i] = pixels[(3 * i) + 1] - MeanGreen;
            target[blue + i] = pixels[(3 * i) + 2] - MeanBlue;
        }
    }
}
