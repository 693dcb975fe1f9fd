using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Veil.Errors;

namespace Veil.Onnx.Inference;

/// <summary>
/// A loaded ONNX model with one picture input, on the CPU. <see cref="Run"/> may be called from several threads at once,
/// so that workers share one set of weights; dispose when none runs any more.
/// </summary>
public sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    private OnnxModel(string name, ModelSignature signature, InferenceSession session)
    {
        (Name, Signature, _session) = (name, signature, session);
        _inputNames = [signature.Inputs[0].Name];
        _outputNames = [.. signature.Outputs.Select(output => output.Name)];
    }

    /// <summary>Name for messages: the model's id or file name.</summary>
    public string Name { get; }

    /// <summary>Inputs and outputs as the file declares them.</summary>
    public ModelSignature Signature { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="file">The bytes of the ONNX file; not kept.</param>
    /// <param name="size">Whether to open the input's height and width.</param>
    /// <param name="threads">Threads of one inference, at least 1.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidModel"/>: not a model that ONNX Runtime loads, or not one picture input;
    /// <see cref="VeilErrorCode.MissingNative"/>: ONNX Runtime itself does not load.
    /// </exception>
    public static OnnxModel Load(string name, byte[] file, SpatialSize size, int threads)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var signature = OnnxGraph.ReadSignature(file);
        if (signature.Inputs is not [{ Shape.Count: 4 }] || signature.Outputs.Count == 0)
        {
            throw new VeilException(
                VeilErrorCode.InvalidModel, $"Model '{name}': expected one 4-dimensional picture input and some outputs, but received {signature}.");
        }

        if (size == SpatialSize.Free)
        {
            file = OnnxGraph.FreeSpatialSize(file);
        }

        return new OnnxModel(name, signature, Open(name, file, threads));
    }

    /// <summary>Runs one inference.</summary>
    /// <param name="input">The picture as the model wants it; only read.</param>
    /// <returns>All outputs, in the order of the signature; dispose after use.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.DetectionFailed"/>: ONNX Runtime failed, or an output is not float.</exception>
    public unsafe ModelOutputs Run(InputTensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        long[] shape = [1, 3, input.Height, input.Width];
        try
        {
            using var value = OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, (nint)input.Pointer, (long)input.Values.Length * sizeof(float));
            return new ModelOutputs(_outputNames, _session.Run(_runOptions, _inputNames, [value], _outputNames));
        }
        catch (OnnxRuntimeException failure)
        {
            throw new VeilException(
                VeilErrorCode.DetectionFailed,
                $"Model '{Name}' declares {Signature}, and failed on {TensorSpec.Describe(shape)}: {failure.Message}", innerException: failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    /// <summary>Loads a model of any inputs, with the settings of every session here.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="file">The bytes of the ONNX file; not kept.</param>
    /// <param name="threads">Threads of one inference, at least 1.</param>
    /// <exception cref="VeilException">As <see cref="Load"/>.</exception>
    internal static InferenceSession Open(string name, byte[] file, int threads)
    {
        try
        {
            using var options = SessionSettings(threads);
            return new InferenceSession(file, options);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new VeilException(
                VeilErrorCode.InvalidModel, $"Model '{name}' does not load: {WithoutCode(failure.Message)}", "Check that it is an ONNX file, and complete.", failure);
        }
        catch (Exception failure) when (failure is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new VeilException(
                VeilErrorCode.MissingNative,
                $"Expected the ONNX Runtime library in {AppContext.BaseDirectory}, but it does not load: {failure.GetBaseException().Message}",
                "'veil doctor' says what is missing.", failure);
        }
    }

    /// <summary>The library puts its own code in brackets before what it says, which tells a user nothing.</summary>
    private static string WithoutCode(string message) =>
        message.StartsWith("[ErrorCode:", StringComparison.Ordinal) && message.IndexOf(']', StringComparison.Ordinal) is var end and > 0 ? message[(end + 1)..].TrimStart() : message;

    private static SessionOptions SessionSettings(int threads)
    {
        RuntimeTelemetry.SwitchOff();
        var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,

            // One plan is kept per input size that was ever seen; pictures come in all sizes.
            EnableMemoryPattern = false,
        };

        // Waiting threads would burn the cores that other workers use.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
