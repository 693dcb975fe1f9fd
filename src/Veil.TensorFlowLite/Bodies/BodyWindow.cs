namespace Veil.TensorFlowLite.Bodies;

/// <summary>A part of a picture that is shown to a network at once.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Scale">Input pixels per picture pixel, above 0.</param>
/// <param name="LargestBody">People whose longer side is greater, picture pixels, are left to coarser windows.</param>
internal readonly record struct BodyWindow(int Left, int Top, int Width, int Height, float Scale, float LargestBody);
