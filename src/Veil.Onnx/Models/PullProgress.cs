namespace Veil.Onnx.Models;

/// <summary>How far a download is.</summary>
/// <param name="Received">Bytes so far.</param>
/// <param name="Total">Bytes expected; null when the server does not say.</param>
public readonly record struct PullProgress(long Received, long? Total);
