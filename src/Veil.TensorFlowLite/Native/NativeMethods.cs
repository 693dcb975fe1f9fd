using System.Runtime.InteropServices;

namespace Veil.TensorFlowLite.Native;

/// <summary>The C interface of tensorflow/lite/c/c_api.h, version 2.9. See <see cref="TfLiteLibrary"/> for whether it is there.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "tensorflowlite_c";

    [LibraryImport(Library)]
    internal static partial nint TfLiteVersion();

    [LibraryImport(Library)]
    internal static partial nint TfLiteModelCreate(byte* data, nuint size);

    [LibraryImport(Library)]
    internal static partial void TfLiteModelDelete(nint model);

    [LibraryImport(Library)]
    internal static partial nint TfLiteInterpreterOptionsCreate();

    [LibraryImport(Library)]
    internal static partial void TfLiteInterpreterOptionsDelete(nint options);

    [LibraryImport(Library)]
    internal static partial void TfLiteInterpreterOptionsSetNumThreads(nint options, int threads);

    [LibraryImport(Library)]
    internal static partial void TfLiteInterpreterOptionsSetErrorReporter(
        nint options, delegate* unmanaged<nint, byte*, nint, void> reporter, nint userData);

    [LibraryImport(Library)]
    internal static partial void TfLiteInterpreterOptionsAddDelegate(nint options, nint accelerator);

    /// <summary>Of tensorflow/lite/delegates/xnnpack/xnnpack_delegate.h.</summary>
    [LibraryImport(Library)]
    internal static partial nint TfLiteXNNPackDelegateCreate(XnnPackOptions* options);

    [LibraryImport(Library)]
    internal static partial void TfLiteXNNPackDelegateDelete(nint accelerator);

    [LibraryImport(Library)]
    internal static partial nint TfLiteInterpreterCreate(ModelHandle model, nint options);

    [LibraryImport(Library)]
    internal static partial void TfLiteInterpreterDelete(nint interpreter);

    [LibraryImport(Library)]
    internal static partial TfLiteStatus TfLiteInterpreterAllocateTensors(InterpreterHandle interpreter);

    [LibraryImport(Library)]
    internal static partial TfLiteStatus TfLiteInterpreterInvoke(InterpreterHandle interpreter);

    [LibraryImport(Library)]
    internal static partial int TfLiteInterpreterGetInputTensorCount(InterpreterHandle interpreter);

    [LibraryImport(Library)]
    internal static partial nint TfLiteInterpreterGetInputTensor(InterpreterHandle interpreter, int index);

    [LibraryImport(Library)]
    internal static partial int TfLiteInterpreterGetOutputTensorCount(InterpreterHandle interpreter);

    [LibraryImport(Library)]
    internal static partial nint TfLiteInterpreterGetOutputTensor(InterpreterHandle interpreter, int index);

    [LibraryImport(Library)]
    internal static partial int TfLiteTensorType(nint tensor);

    [LibraryImport(Library)]
    internal static partial int TfLiteTensorNumDims(nint tensor);

    [LibraryImport(Library)]
    internal static partial int TfLiteTensorDim(nint tensor, int index);

    [LibraryImport(Library)]
    internal static partial nuint TfLiteTensorByteSize(nint tensor);

    [LibraryImport(Library)]
    internal static partial nint TfLiteTensorData(nint tensor);

    [LibraryImport(Library)]
    internal static partial nint TfLiteTensorName(nint tensor);

    [LibraryImport(Library)]
    internal static partial TfLiteQuantization TfLiteTensorQuantizationParams(nint tensor);
}
