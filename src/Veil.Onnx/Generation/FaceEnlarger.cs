using Microsoft.ML.OnnxRuntime;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Inference;
using Veil.Onnx.Models;
using Veil.Onnx.TensorFlowJs;

namespace Veil.Onnx.Generation;

/// <summary>
/// Enlarges generated faces four times: UpscalerJS' ESRGAN Slim, a residual dense network (Zhang et al., 2018) for pictures of
/// 0..255. Thread-safe: several threads may ask at once; one inference uses the threads it was loaded with.
/// </summary>
public sealed class FaceEnlarger : IDisposable
{
    /// <summary>The model in the manifest.</summary>
    public const string ModelId = "esrgan-slim-x4";

    /// <summary>How many times as wide and high the result is.</summary>
    public const int Factor = 4;

    private const string Output = "SR";
    private static readonly string[] Inputs = ["LR"];
    private static readonly string[] Outputs = [Output];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    private FaceEnlarger(InferenceSession session) => _session = session;

    /// <summary>Loads the network, for pictures of <see cref="FaceGenerator.Side"/>.</summary>
    /// <param name="store">Where its files are.</param>
    /// <param name="threads">Threads of one inference, 1 or more.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: missing, altered, or refused by the licence filter.</exception>
    public static FaceEnlarger Load(ModelStore store, int threads)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var model = TensorFlowJsModel.Read(ModelId, TensorFlowJsModel.Layers, store.ReadAll(ModelManifest.Find(ModelId)));
        var onnx = KerasConverter.ToOnnx(model, Outputs, (FaceGenerator.Side, FaceGenerator.Side));
        return new FaceEnlarger(OnnxModel.Open(ModelId, onnx, threads));
    }

    /// <summary>Enlarges a face.</summary>
    /// <param name="face"><see cref="FaceGenerator.Side"/>×<see cref="FaceGenerator.Side"/> <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <returns><see cref="Factor"/> times as wide and high; owned by the caller.</returns>
    /// <exception cref="ArgumentException">Another size or format.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.AnonymizationFailed"/>: ONNX Runtime failed.</exception>
    public PixelBuffer Enlarge(PixelBuffer face)
    {
        ArgumentNullException.ThrowIfNull(face);
        if (face.Format != PixelFormat.Rgb24 || face.Width != FaceGenerator.Side || face.Height != FaceGenerator.Side)
        {
            throw new ArgumentException(
                $"Expected {FaceGenerator.Side}×{FaceGenerator.Side} {PixelFormat.Rgb24}, but received {face.Width}×{face.Height} {face.Format}.", nameof(face));
        }

        try
        {
            using var input = OrtValue.CreateTensorValueFromMemory(Planes(face), [1, 3, face.Height, face.Width]);
            using var results = _session.Run(_run, Inputs, [input], Outputs);
            return ToPicture(results[0].GetTensorDataAsSpan<float>());
        }
        catch (OnnxRuntimeException failure)
        {
            throw new VeilException(VeilErrorCode.AnonymizationFailed, $"Model '{ModelId}' failed on a face: {failure.Message}", innerException: failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static float[] Planes(PixelBuffer face)
    {
        var plane = face.Width * face.Height;
        var planes = new float[3 * plane];
        var pixels = face.Span;
        for (var i = 0; i < plane; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                planes[(channel * plane) + i] = pixels[(3 * i) + channel];
            }
        }

        return planes;
    }

    private static PixelBuffer ToPicture(ReadOnlySpan<float> planes)
    {
        var picture = new PixelBuffer(Factor * FaceGenerator.Side, Factor * FaceGenerator.Side, PixelFormat.Rgb24);
        var plane = picture.Width * picture.Height;
        var pixels = picture.Span;
        for (var i = 0; i < plane; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                pixels[(3 * i) + channel] = (byte)Math.Clamp(MathF.Round(planes[(channel * plane) + i]), 0, byte.MaxValue);
            }
        }

        return picture;
    }
}
