using System.Globalization;
using Veil.Errors;
using Veil.Onnx.TensorFlowJs;

namespace Veil.Onnx.Classification;

/// <summary>Names of a network's classes, from a JSON object that maps each index, as text, to a name.</summary>
internal static class ClassLabels
{
    /// <summary>Reads them; underscores become spaces.</summary>
    /// <param name="model">The model, for messages.</param>
    /// <param name="json">UTF-8.</param>
    /// <param name="count">Classes of the network.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: a class has no name.</exception>
    public static IReadOnlyList<string> Read(string model, ReadOnlySpan<byte> json, int count)
    {
        var labels = JsonPart.Parse($"Labels of model '{model}'", json);
        return [.. Enumerable.Range(0, count).Select(index => labels.Text(index.ToString(CultureInfo.InvariantCulture)).Replace('_', ' '))];
    }
}
