namespace Veil.Onnx.TensorFlowJs;

/// <summary>Rows and columns added around a picture.</summary>
/// <param name="Top">Above.</param>
/// <param name="Left">At the left.</param>
/// <param name="Bottom">Below.</param>
/// <param name="Right">At the right.</param>
internal readonly record struct Padding(int Top, int Left, int Bottom, int Right)
{
    /// <summary>In the order of ONNX's <c>pads</c>.</summary>
    public int[] ForOnnx => [Top, Left, Bottom, Right];

    /// <summary>
    /// What TensorFlow adds for <c>same</c>: as much as makes ⌈size / stride⌉ results, the odd one below and at the right
    /// (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2).
    /// </summary>
    /// <param name="size">Rows and columns.</param>
    /// <param name="window">Rows and columns of the kernel, as far as it reaches.</param>
    /// <param name="stride">Step down and across.</param>
    public static Padding Same((int Rows, int Columns) size, (int Rows, int Columns) window, (int Down, int Across) stride)
    {
        var rows = Needed(size.Rows, window.Rows, stride.Down);
        var columns = Needed(size.Columns, window.Columns, stride.Across);
        return new Padding(rows / 2, columns / 2, rows - (rows / 2), columns - (columns / 2));
    }

    private static int Needed(int size, int window, int stride) => Math.Max(0, ((((size + stride - 1) / stride) - 1) * stride) + window - size);
}
