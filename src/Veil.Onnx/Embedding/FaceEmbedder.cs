using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Veil.Errors;
using Veil.Imaging;

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
    {
        ArgumentNullException.ThrowIfNull(modelPath);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _input = input;
        using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        try
        {
            _session = new InferenceSession(modelPath, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new VeilException(
                VeilErrorCode.InvalidModel, $"Expected a recognition network in ONNX format, but received '{Path.GetFileName(modelPath)}': {e.Message}",
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

    /// <summary>The unit vector of an aligned face.</summary>
    /// <param name="face">An aligned face in <see cref="PixelFormat.Rgb24"/>, of the network's side; only read.</param>
    /// <exception cref="ArgumentException">It has another size or format.</exception>
    public float[] Embed(PixelBuffer face)
    {
        ArgumentNullException.ThrowIfNull(face);
        var values = new float[3 * _input.Side * _input.Side];
        Pack(face, values);
        var tensor = new DenseTensor<float>(values, [1, 3, _input.Side, _input.Side]);
        using var results = _session.Run([NamedOnnxValue.CreateFromTensor(_inputName, tensor)]);
        return Normalized(results[0].AsTensor<float>().ToArray());
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static float[] Normalized(ReadOnlySpan<float> vector)
    {
        var sum = 0.0;
        foreach (var value in vector)
        {
            sum += (double)value * value;
        }

        // A vector of zeros has no direction; it stays as it is and is equally far from everything.
        var scale = sum > 0 ? 1 / Math.Sqrt(sum) : 0;
        var unit = new float[vector.Length];
        for (var i = 0; i < unit.Length; i++)
        {
            unit[i] = (float)(vector[i] * scale);
        }

        return unit;
    }

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
