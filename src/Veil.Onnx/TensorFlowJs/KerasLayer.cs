using Veil.Errors;

namespace Veil.Onnx.TensorFlowJs;

/// <summary>One layer of a functional Keras model.</summary>
/// <param name="Kind">Its class, e.g. <c>Conv2D</c>.</param>
/// <param name="Name">Unique in the model; begins the names of its weights.</param>
/// <param name="Settings">Its configuration.</param>
/// <param name="Inputs">What the layers before it give.</param>
internal sealed record KerasLayer(string Kind, string Name, JsonPart Settings, IReadOnlyList<LayerValue> Inputs)
{
    /// <summary>The only input, of pictures.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: there are more, or it holds no pictures.</exception>
    public LayerValue Picture => Inputs is [{ IsPicture: true } picture]
        ? picture
        : throw Settings.Invalid($"expected one input of channels × rows × columns, but received {Describe()}");

    /// <summary>The only input, of any kind.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: there are more.</exception>
    public LayerValue Input => Inputs is [var input] ? input : throw Settings.Invalid($"expected one input, but received {Describe()}");

    /// <summary>A pair of positive settings, down and across.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: not two positive numbers.</exception>
    public (int Down, int Across) Pair(string name) => Settings.Integers(name, 2) is [> 0 and <= 4096 and var down, > 0 and <= 4096 and var across]
        ? (down, across)
        : throw Settings.Invalid($"expected '{name}' to hold two numbers from 1 to 4096");

    /// <summary>The padding that a layer with a moving window asks for.</summary>
    /// <param name="window">How far the window reaches.</param>
    /// <param name="stride">Its steps.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: of another kind than same and valid.</exception>
    public Padding Padding((int Rows, int Columns) window, (int Down, int Across) stride) => Settings.Text("padding") switch
    {
        "same" => TensorFlowJs.Padding.Same(Picture.Size, window, stride),
        "valid" => default,
        var other => throw Settings.Invalid($"expected the padding same or valid, but received {other}"),
    };

    /// <summary>Rows and columns that a moving window gives.</summary>
    /// <param name="window">How far the window reaches.</param>
    /// <param name="stride">Its steps.</param>
    /// <param name="padding">What is added around.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: it does not fit once.</exception>
    public (int Rows, int Columns) Sweep((int Rows, int Columns) window, (int Down, int Across) stride, Padding padding)
    {
        var (rows, columns) = (Picture.Size.Rows + padding.Top + padding.Bottom - window.Rows, Picture.Size.Columns + padding.Left + padding.Right - window.Columns);
        return rows >= 0 && columns >= 0
            ? ((rows / stride.Down) + 1, (columns / stride.Across) + 1)
            : throw Settings.Invalid($"expected a window of at most {Picture.Size.Rows}×{Picture.Size.Columns}, but received {window.Rows}×{window.Columns}");
    }

    /// <summary>Checks that pictures are stored with their channels last: what TensorFlow.js knows.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: they are not.</exception>
    public void RequireChannelsLast()
    {
        if (Settings.Text("data_format") is not "channels_last" and var other)
        {
            throw Settings.Invalid($"expected channels_last, but received {other}");
        }
    }

    private string Describe() => Inputs.Count == 0 ? "none" : string.Join(" and ", Inputs);
}
