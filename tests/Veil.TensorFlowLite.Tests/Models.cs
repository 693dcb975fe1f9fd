using Veil.Onnx.Models;
using Veil.TensorFlowLite.Bodies;
using Veil.TensorFlowLite.Faces;

namespace Veil.TensorFlowLite.Tests;

/// <summary>The models as they lie beside the program.</summary>
internal static class Models
{
    private static readonly ModelStore Store = new([Path.Combine(AppContext.BaseDirectory, "models")], AppContext.BaseDirectory);

    public static byte[] Bundle { get; } = Read(MediaPipeLandmarker.ModelId);

    public static byte[] Network { get; } = FaceLandmarkerBundle.ReadNetwork(Bundle);

    public static byte[] People { get; } = Read(EfficientDet.ModelId);

    public static byte[] Pose { get; } = Read(PoseSegmenter.ModelId);

    public static byte[] Selfie { get; } = Read(SelfieParser.ModelId);

    private static byte[] Read(string id) => Store.Read(ModelManifest.Find(id));
}
