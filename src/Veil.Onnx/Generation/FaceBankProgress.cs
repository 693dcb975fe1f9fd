namespace Veil.Onnx.Generation;

/// <summary>How far a bank is made.</summary>
/// <param name="Done">Faces made, those of an earlier start among them.</param>
/// <param name="Total">Faces in all.</param>
/// <param name="Left">How long the rest will take, from what was timed so far; null before anything was.</param>
public readonly record struct FaceBankProgress(int Done, int Total, TimeSpan? Left);
