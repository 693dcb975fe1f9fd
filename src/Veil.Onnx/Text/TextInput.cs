using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Onnx.Inference;

namespace Veil.Onnx.Text;

/// <summary>Pictures as PaddleOCR's detection network wants them: blue first, less the means of ImageNet, by its deviations.</summary>
internal static class TextInput
{
    /// <summary>Sides are padded to multiples of this.</summary>
    private const int Multiple = 32;

    // PaddleOCR lists these for red, green, blue, and applies them in this order to blue, green, red.
    private static readonly float[] Means = [0.485f * 255, 0.456f * 255, 0.406f * 255];
    private static readonly float[] Deviations = [0.229f * 255, 0.224f * 255, 0.225f * 255];

    /// <summary>Shows a window to the network; what it does not reach is black.</summary>
    public static void Fill(PixelBuffer image, SourceWindow window, PictureSampler sampler, InputTensor target)
    {
        target.Resize(Padded(window.Width), Padded(window.Height));
        sampler.Fill(image, window, InputEncoding.BgrBytes, target);
        var plane = target.Width * target.Height;
        for (var i = 0; i < Means.Length; i++)
        {
            Normalise(target.Values.Slice(i * plane, plane), Means[i], 1 / Deviations[i]);
        }
    }

    private static void Normalise(Span<float> values, float mean, float scale)
    {
        // Planes hold a multiple of 1024 values, so that no vector is left over.
        foreach (ref var vector in MemoryMarshal.Cast<float, Vector<float>>(values))
        {
            vector = (vector - new Vector<float>(mean)) * scale;
        }
    }

    private static int Padded(int side) => (side + Multiple - 1) / Multiple * Multiple;
}
