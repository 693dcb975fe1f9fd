using System.Collections.Concurrent;
using Veil.Detection;
using Veil.Onnx.Inference;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Onnx.Text;

/// <summary>Makes detectors of writing; those with the same number of threads share one loaded model. Thread-safe.</summary>
/// <param name="store">Where models are.</param>
internal sealed class TextDetection(ModelStore store)
{
    /// <summary>Id of the detector.</summary>
    public const string Id = "text";

    private const string Model = "ppocr-det";

    private readonly ConcurrentDictionary<int, Shared<OnnxModel>> _byThreads = new();

    /// <summary>The detector for a catalogue.</summary>
    public DetectorDescriptor Describe() => DetectorDescriptor.Of<TextTuning>(
        Id, "PP-OCRv6: lines of writing in any direction, letters from 8 pixels on; Apache-2.0", [RegionKind.Text], [Model], Create);

    private TextDetector Create(DetectorOptions options, TextTuning tuning)
    {
        options.Validate(Id);
        var shared = _byThreads.GetOrAdd(options.Threads, threads => new Shared<OnnxModel>(
            () => OnnxModel.Load(Id, store.Read(ModelManifest.Find(Model)), SpatialSize.AsDeclared, threads)));
        return new TextDetector(Id, shared, options, tuning);
    }
}
