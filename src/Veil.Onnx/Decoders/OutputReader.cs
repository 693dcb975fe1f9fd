using Veil.Errors;
using Veil.Onnx.Inference;

namespace Veil.Onnx.Decoders;

/// <summary>What decoders have in common.</summary>
internal static class OutputReader
{
    /// <summary>The values of an output, which must be as many as the layout says.</summary>
    public static ReadOnlySpan<float> Expect(this ModelOutput output, string layout, long values) => output.Values.Length == values
        ? output.Values
        : throw new VeilException(
            VeilErrorCode.DetectionFailed,
            $"Layout {layout}: expected {values} values in output '{output.Name}', but received {TensorSpec.Describe(output.Shape)}.",
            "Name the right layout with --layout.");

}
