using System.Collections.Concurrent;
using Veil.Detection;
using Veil.Onnx.Inference;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Onnx.Bodies;

/// <summary>People with masks by YOLO11 nano, under the AGPL-3.0: only where the user installed it, and never the default.</summary>
public static class YoloBody
{
    /// <summary>The model's id in the manifest.</summary>
    public const string ModelId = "yolo11n-seg";

    private const string Id = "yolo-body";

    /// <summary>The detector's description. Detectors with the same number of threads share one loaded network.</summary>
    /// <param name="store">Where the model is.</param>
    public static DetectorDescriptor Describe(ModelStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var byThreads = new ConcurrentDictionary<int, Shared<OnnxModel>>();
        return new DetectorDescriptor(Id, "YOLO11 nano: whole people with masks; AGPL-3.0, only where eng/agpl/install was called", [RegionKind.Body], [ModelId], Create);

        IRegionDetector Create(DetectorOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            options.Validate(Id);
            return new YoloBodyDetector(Id, byThreads.GetOrAdd(options.Threads, Load), options);
        }

        Shared<OnnxModel> Load(int threads) =>
            new(() => OnnxModel.Load(ModelId, store.Read(ModelManifest.Find(ModelId)), SpatialSize.AsDeclared, threads));
    }
}
