using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;
using Veil.Onnx.Inference;

namespace Veil.Onnx.Embedding;

/// <summary>
/// Turns aligned faces into unit vectors: the nearer two vectors by cosine, the likelier the same person.
/// Thread-safe; one inference uses the threads it was created with.
/// </summary>
public sealed class FaceEmbedder : IDisposable
{
    private readonly InferenceSession _session;
    private readonly FaceEmbeddingInput _input;
    private readonly string _inputName;

    /// <summary>Loads a recognition network.</summary>
    /// <param name="modelPath">ONNX file with one input, 1×3×side×side, and one output, 1×dimensions.</param>
    /// <param name="input">How it wants its pixels.</param>
    /// <param name="threads">Threads of one inference, 1 or more.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: no such file, or another layout.</exception>
    public FaceEmbedder(string modelPath, FaceEmbeddingInput input, int threads = 1)
        : this(Path.GetFileName(modelPath), options => new InferenceSession(modelPath, options), input, threads)
    {
    }

    /// <summary>Loads a recognition network from memory.</summary>
    /// <param name="name">Name for messages: the model's id.</param>
    /// <param name="model">The bytes of the ONNX file; not kept.</param>
    /// <param name="input">How it wants its pixels.</param>
    /// <param name="threads">Threads of one inference, 1 or more.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: not a model, or another layout.</exception>
    public FaceEmbedder(string name, byte[] model, FaceEmbeddingInput input, int threads = 1)
        : this(name, options => new InferenceSession(model, options), input, threads)
    {
    }

    private FaceEmbedder(string? name, Func<SessionOptions, InferenceSession> load, FaceEmbeddingInput input, int threads)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _input = input;
        RuntimeTelemetry.SwitchOff();
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };

        // Waiting threads would burn the cores that other workers use.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            _session = load(options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new VeilException(
                VeilErrorCode.InvalidModel, $"Expected a recognition network in ONNX format, but received '{name}': {e.Message}",
                "Check that the file is there and complete.", e);
        }

        if (_session.InputMetadata.Count != 1 || _session.OutputMetadata.Count != 1)
        {
            var (inputs, outputs) = (_session.InputMetadata.Count, _session.OutputMetadata.Count);
            _session.Dispose();
            throw new VeilException(
                VeilErrorCode.InvalidModel, $"Expected a recognition network with one input and one output, but received {inputs} and {outputs}.");
        }

        _inputName = _session.InputMetadata.Keys.Single();
    }

    /// <summary>The unit vector of an aligned face; zeros when the network gives no direction.</summary>
    /// <param name="face">An aligned face in <see cref="PixelFormat.Rgb24"/>, of the network's side; only read.</param>
    /// <exception cref="ArgumentException">It has another size or format.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.DetectionFailed"/>: ONNX Runtime failed.</exception>
    public float[] Embed(PixelBuffer face) => Read(face)?.ToArray() ?? new float[_session.OutputMetadata.Values.Single().Dimensions[^1]];

    /// <summary>The embedding of an aligned face.</summary>
    /// <param name="face">An aligned face in <see cref="PixelFormat.Rgb24"/>, of the network's side; only read.</param>
    /// <returns>Null when the network gives no direction.</returns>
    /// <exception cref="ArgumentException">It has another size or format.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.DetectionFailed"/>: ONNX Runtime failed.</exception>
    public FaceEmbedding? Read(PixelBuffer face)
    {
        ArgumentNullException.ThrowIfNull(face);
        var values = new float[3 * _input.Side * _input.Side];
        Pack(face, values);
        var tensor = new DenseTensor<float>(values, [1, 3, _input.Side, _input.Side]);
        try
        {
            using var results = _session.Run([NamedOnnxValue.CreateFromTensor(_inputName, tensor)]);
            return FaceEmbedding.Of(results[0].AsTensor<float>().ToArray());
        }
        catch (OnnxRuntimeException failure)
        {
            throw new VeilException(VeilErrorCode.DetectionFailed, $"The recognition network failed on a face: {failure.Message}", innerException: failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private void Pack(PixelBuffer face, Span<float> planes)
    {
        if (face.Format != PixelFormat.Rgb24 || face.Width != _input.Side || face.Height != _input.Side)
        {
            throw new ArgumentException(
                $"Expected an aligned face of {_input.Side}×{_input.Side} {PixelFormat.Rgb24}, but received {face.Width}×{face.Height} {face.Format}.", nameof(face));
        }

        var plane = _input.Side * _input.Side;
        var red = planes[..plane];
        var green = planes.Slice(plane, plane);
        var blue = planes.Slice(2 * plane, plane);
        var scale = Vector3.One / _input.Deviation;
        var i = 0;
        for (var y = 0; y < _input.Side; y++)
        {
            var row = face.Row(y);
            for (var x = 0; x < row.Length; x += 3, i++)
            {
                var value = (new Vector3(row[x], row[x + 1], row[x + 2]) - _input.Mean) * scale;
                (red[i], green[i], blue[i]) = (value.X, value.Y, value.Z);
            }
        }
    }
}
