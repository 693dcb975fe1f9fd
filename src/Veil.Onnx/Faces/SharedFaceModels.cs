using System.Collections.Concurrent;
using Veil.Detection;
using Veil.Onnx.Decoders;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Faces;

/// <summary>Makes detectors for one model file; those with the same number of threads share one loaded copy. Thread-safe.</summary>
/// <param name="id">The detector's id.</param>
/// <param name="kind">What it finds: the layouts of face models serve for other things, too.</param>
/// <param name="read">Reads and checks the file.</param>
/// <param name="layout">How its outputs are arranged; null recognises it.</param>
internal sealed class SharedFaceModels(string id, RegionKind kind, Func<byte[]> read, FaceLayout? layout)
{
    private readonly ConcurrentDictionary<int, Shared<FaceModel>> _byThreads = new();

    /// <summary>One detector, for one worker.</summary>
    public IRegionDetector CreateDetector(DetectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(id);
        var shared = _byThreads.GetOrAdd(options.Threads, threads => new Shared<FaceModel>(() => FaceModel.Load(id, read(), layout, threads)));
        return new OnnxFaceDetector(id, kind, shared, options);
    }
}
