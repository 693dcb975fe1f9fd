using Veil.Onnx.Inference;

namespace Veil.Onnx.TensorFlowJs;

/// <summary>Kernels of convolutions in TensorFlow's order, height × width × inputs × outputs, brought to ONNX's, outputs × inputs × height × width.</summary>
internal static class ConvolutionKernel
{
    // Both sides of a tile of the transposition stay in the first-level cache.
    private const int Tile = 32;

    /// <summary>Adds a kernel to a graph.</summary>
    /// <param name="graph">Receives it under its own name.</param>
    /// <param name="kernel">Four dimensions.</param>
    /// <returns>Its name.</returns>
    public static string Add(OnnxGraphBuilder graph, WeightTensor kernel) =>
        graph.Weight(kernel.Name, [kernel.Shape[3], kernel.Shape[2], kernel.Shape[0], kernel.Shape[1]], Transpose(kernel));

    private static float[] Transpose(WeightTensor kernel)
    {
        var source = kernel.Floats;
        var (area, inputs, outputs) = (kernel.Shape[0] * kernel.Shape[1], kernel.Shape[2], kernel.Shape[3]);
        var target = new float[source.Length];
        for (var top = 0; top < inputs; top += Tile)
        {
            for (var left = 0; left < outputs; left += Tile)
            {
                for (var place = 0; place < area; place++)
                {
                    for (var i = top; i < Math.Min(top + Tile, inputs); i++)
                    {
                        for (var o = left; o < Math.Min(left + Tile, outputs); o++)
                        {
                            target[(((o * inputs) + i) * area) + place] = source[(((place * inputs) + i) * outputs) + o];
                        }
                    }
                }
            }
        }

        return target;
    }
}
