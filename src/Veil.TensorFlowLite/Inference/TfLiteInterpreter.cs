using System.Runtime.InteropServices;
using Veil.Errors;
using Veil.TensorFlowLite.Native;

namespace Veil.TensorFlowLite.Inference;

/// <summary>
/// Runs a model on one thread, since pictures run in parallel, with buffers of its own. Fill <see cref="Input"/>, call <see cref="Invoke"/>, read <see cref="Output"/>.
/// One per worker: not thread-safe.
/// </summary>
public sealed unsafe class TfLiteInterpreter : IDisposable
{
    private readonly InterpreterHandle _handle;
    private readonly nint[] _inputs;
    private readonly nint[] _outputs;

    /// <summary>Prepares a model to run.</summary>
    /// <param name="model">The weights; may be disposed any time.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: it needs what this runtime lacks, or makes no sense.</exception>
    public TfLiteInterpreter(TfLiteModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _handle = InterpreterHandle.Create(model.Handle);
        if (_handle.IsInvalid || NativeMethods.TfLiteInterpreterAllocateTensors(_handle) != TfLiteStatus.Ok)
        {
            _handle.Dispose();
            throw new VeilException(VeilErrorCode.InvalidModel, "Expected a model that TensorFlow Lite can run, but it refuses this one.", "Get the file again, or another version of it.");
        }

        _inputs = [.. Enumerable.Range(0, NativeMethods.TfLiteInterpreterGetInputTensorCount(_handle)).Select(index => NativeMethods.TfLiteInterpreterGetInputTensor(_handle, index))];
        _outputs = [.. Enumerable.Range(0, NativeMethods.TfLiteInterpreterGetOutputTensorCount(_handle)).Select(index => NativeMethods.TfLiteInterpreterGetOutputTensor(_handle, index))];
        Inputs = [.. _inputs.Select(Describe)];
        Outputs = [.. _outputs.Select(Describe)];
    }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<TfLiteTensorSpec> Inputs { get; }

    /// <summary>What it gives.</summary>
    public IReadOnlyList<TfLiteTensorSpec> Outputs { get; }

    /// <summary>The elements of an input of type <see cref="TfLiteElement.Floating"/>, to be filled. Valid until this is disposed.</summary>
    /// <param name="index">Index into <see cref="Inputs"/>.</param>
    /// <exception cref="InvalidOperationException">It is of other elements.</exception>
    public Span<float> Input(int index) => Values<float>(_inputs[index], Inputs[index], TfLiteElement.Floating);

    /// <summary>The elements of an input of type <see cref="TfLiteElement.UnsignedBytes"/>, to be filled. Valid until this is disposed.</summary>
    /// <param name="index">Index into <see cref="Inputs"/>.</param>
    /// <exception cref="InvalidOperationException">It is of other elements.</exception>
    public Span<byte> InputBytes(int index) => Values<byte>(_inputs[index], Inputs[index], TfLiteElement.UnsignedBytes);

    /// <summary>The elements of an output of type <see cref="TfLiteElement.Floating"/>. Valid until the next <see cref="Invoke"/>.</summary>
    /// <param name="index">Index into <see cref="Outputs"/>.</param>
    /// <exception cref="InvalidOperationException">It is of other elements.</exception>
    public ReadOnlySpan<float> Output(int index) => Values<float>(_outputs[index], Outputs[index], TfLiteElement.Floating);

    /// <summary>The elements of an output of type <see cref="TfLiteElement.SignedBytes"/>. Valid until the next <see cref="Invoke"/>.</summary>
    /// <param name="index">Index into <see cref="Outputs"/>.</param>
    /// <exception cref="InvalidOperationException">It is of other elements.</exception>
    public ReadOnlySpan<sbyte> OutputBytes(int index) => Values<sbyte>(_outputs[index], Outputs[index], TfLiteElement.SignedBytes);

    /// <summary>Calculates the outputs.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.DetectionFailed"/>: it could not.</exception>
    public void Invoke()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        if (NativeMethods.TfLiteInterpreterInvoke(_handle) != TfLiteStatus.Ok)
        {
            throw new VeilException(VeilErrorCode.DetectionFailed, "TensorFlow Lite could not run the model.", "Try again with fewer pictures at a time (--jobs), in case memory ran out.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static TfLiteTensorSpec Describe(nint tensor)
    {
        var element = (TfLiteElement)NativeMethods.TfLiteTensorType(tensor);
        var shape = Enumerable.Range(0, Math.Max(0, NativeMethods.TfLiteTensorNumDims(tensor))).Select(index => NativeMethods.TfLiteTensorDim(tensor, index));
        var quantization = NativeMethods.TfLiteTensorQuantizationParams(tensor);
        return new TfLiteTensorSpec(
            Marshal.PtrToStringUTF8(NativeMethods.TfLiteTensorName(tensor)) ?? "",
            Enum.IsDefined(element) ? element : TfLiteElement.Other,
            [.. shape])
        {
            Scale = quantization.Scale,
            ZeroPoint = quantization.ZeroPoint,
        };
    }

    private Span<T> Values<T>(nint tensor, TfLiteTensorSpec spec, TfLiteElement element)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        if (spec.Element != element)
        {
            throw new InvalidOperationException($"Expected a tensor of {element}, but '{spec.Name}' is {spec}.");
        }

        return new Span<T>((void*)NativeMethods.TfLiteTensorData(tensor), checked((int)NativeMethods.TfLiteTensorByteSize(tensor) / sizeof(T)));
    }
}
