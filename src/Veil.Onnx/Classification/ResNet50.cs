using Microsoft.ML.OnnxRuntime;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Inference;
using Veil.Onnx.Models;
using Veil.Onnx.TensorFlowJs;

namespace Veil.Onnx.Classification;

/// <summary>
/// Keras' ResNet-50 with its ImageNet weights: 2048 features of a picture, or which of ImageNet's 1000 classes it shows.
/// Thread-safe: several threads may ask at once; one inference uses the threads it was loaded with. Same picture, same numbers
/// for the same count of pictures in a call and the same count of threads; to about 1e-4 of each other otherwise.
/// </summary>
/// <remarks>
/// Pictures are brought to 224×224, whatever their shape, as Keras' <c>load_img(target_size)</c> does, but by the mean of the
/// covered area, or linearly where they grow: Keras' default there takes the nearest pixel, which drops most of a large
/// picture, and is not how the network was trained.
/// </remarks>
public sealed class ResNet50 : IDisposable
{
    /// <summary>The model in the manifest.</summary>
    public const string ModelId = "resnet50-keras";

    /// <summary>Numbers that describe a picture: the last convolutions after global average pooling. None is negative.</summary>
    public const int FeatureCount = 2048;

    /// <summary>Columns and rows of what the network sees.</summary>
    public const int Side = ResNet50Input.Side;

    private const int ClassCount = 1000;
    private const string FeatureLayer = "avg_pool";
    private const string ClassLayer = "fc1000";
    private static readonly string[] Inputs = ["input_1"];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly IReadOnlyList<string> _labels;

    private ResNet50(InferenceSession session, IReadOnlyList<string> labels) => (_session, _labels) = (session, labels);

    /// <summary>Names of ImageNet's 1000 classes, in the network's order.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>Loads the network; takes about a second.</summary>
    /// <param name="store">Where its files are.</param>
    /// <param name="threads">Threads of one inference, 1 or more.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: missing, altered, or refused by the licence filter.</exception>
    public static ResNet50 Load(ModelStore store, int threads)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var files = store.ReadAll(ModelManifest.Find(ModelId));
        var network = KerasConverter.ToOnnx(TensorFlowJsModel.Read(ModelId, TensorFlowJsModel.Layers, files), [FeatureLayer, ClassLayer]);
        return new ResNet50(OnnxModel.Open(ModelId, network, threads), ClassLabels.Read(ModelId, files["labels.json"], ClassCount));
    }

    /// <summary>
    /// The network's weights as Keras stores them, for training: <c>conv1/kernel</c>, <c>bn_conv1/gamma</c>,
    /// <c>res2a_branch2a/kernel</c> … <c>fc1000/bias</c>, 320 in all.
    /// </summary>
    /// <param name="store">Where the network's files are.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: missing, altered, or refused by the licence filter.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> ReadWeights(ModelStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return TensorFlowJsModel.Read(ModelId, TensorFlowJsModel.Layers, store.ReadAll(ModelManifest.Find(ModelId))).Weights;
    }

    /// <summary>The features of one picture.</summary>
    /// <param name="picture"><see cref="PixelFormat.Rgb24"/> of any size; only read.</param>
    /// <returns><see cref="FeatureCount"/> numbers.</returns>
    /// <exception cref="ArgumentException">The picture has another format.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.DetectionFailed"/>: ONNX Runtime failed.</exception>
    public float[] Features(PixelBuffer picture) => Run(FeatureLayer, [picture]);

    /// <summary>The features of several pictures in one inference.</summary>
    /// <param name="pictures">One or more, each <see cref="PixelFormat.Rgb24"/> of any size; only read.</param>
    /// <returns><see cref="FeatureCount"/> numbers for each, one picture after the other.</returns>
    /// <exception cref="ArgumentException">There is none, or one has another format.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.DetectionFailed"/>: ONNX Runtime failed.</exception>
    public float[] Features(IReadOnlyList<PixelBuffer> pictures) => Run(FeatureLayer, pictures);

    /// <summary>What a picture shows.</summary>
    /// <param name="picture"><see cref="PixelFormat.Rgb24"/> of any size; only read.</param>
    /// <param name="top">How many classes to name, 1..1000.</param>
    /// <returns>The most probable classes, most probable first.</returns>
    /// <exception cref="ArgumentException">The picture has another format.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.DetectionFailed"/>: ONNX Runtime failed.</exception>
    public IReadOnlyList<ClassScore> Classify(PixelBuffer picture, int top = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, ClassCount);
        var probabilities = Run(ClassLayer, [picture]);
        return [.. probabilities.Select((probability, index) => new ClassScore(index, _labels[index], probability)).OrderByDescending(score => score.Probability).Take(top)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private float[] Run(string output, IReadOnlyList<PixelBuffer> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Count, nameof(pictures));
        var values = new float[checked(pictures.Count * ResNet50Input.Length)];
        for (var i = 0; i < pictures.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(pictures[i], nameof(pictures));
            ResNet50Input.Fill(pictures[i], values.AsSpan(i * ResNet50Input.Length, ResNet50Input.Length));
        }

        try
        {
            using var input = OrtValue.CreateTensorValueFromMemory(values, [pictures.Count, 3, Side, Side]);
            using var results = _session.Run(_run, Inputs, [input], [output]);
            return results[0].GetTensorDataAsSpan<float>().ToArray();
        }
        catch (OnnxRuntimeException failure)
        {
            throw new VeilException(VeilErrorCode.DetectionFailed, $"Model '{ModelId}' failed on {pictures.Count} picture(s): {failure.Message}", innerException: failure);
        }
    }
}
