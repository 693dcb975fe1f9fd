namespace Veil.Onnx.Inference;

/// <summary>Which part of a picture is shown to a model, and how large.</summary>
/// <param name="Left">Left edge in the picture, pixels.</param>
/// <param name="Top">Top edge in the picture, pixels.</param>
/// <param name="Scale">Model pixels per picture pixel, positive.</param>
/// <param name="Width">Columns shown, in model pixels, at least 1.</param>
/// <param name="Height">Rows shown, in model pixels, at least 1.</param>
public readonly record struct SourceWindow(float Left, float Top, float Scale, int Width, int Height);
