using Veil.Onnx.Models;
using Veil.TensorFlowLite.Faces;

namespace Veil.TensorFlowLite.Tests;

/// <summary>The landmark model as it lies beside the program.</summary>
internal static class Models
{
    public static byte[] Bundle { get; } = new ModelStore([Path.Combine(AppContext.BaseDirectory, "models")], AppContext.BaseDirectory)
        .Read(ModelManifest.Find(MediaPipeLandmarker.ModelId));

    public static byte[] Network { get; } = FaceLandmarkerBundle.ReadNetwork(Bundle);
}
