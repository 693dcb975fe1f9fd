using Veil.Regions;

namespace Veil.Onnx.Text;

/// <summary>A line of writing as the network gave it.</summary>
/// <param name="Box">Where.</param>
/// <param name="Score">Mean probability over its rectangle, 0..1.</param>
internal readonly record struct TextLine(RotatedBox Box, float Score);
