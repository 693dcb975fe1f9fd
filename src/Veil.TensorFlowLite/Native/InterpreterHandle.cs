using System.Runtime.InteropServices;

namespace Veil.TensorFlowLite.Native;

/// <summary>A TfLiteInterpreter that runs on one thread by XNNPACK's kernels; it keeps its model alive.</summary>
internal sealed unsafe class InterpreterHandle : SafeHandle
{
    private readonly ModelHandle _model;
    private nint _accelerator;

    private InterpreterHandle(ModelHandle model)
        : base(0, ownsHandle: true) => _model = model;

    public override bool IsInvalid => handle == 0;

    /// <summary>Invalid where the library cannot run the model.</summary>
    public static InterpreterHandle Create(ModelHandle model)
    {
        var interpreter = new InterpreterHandle(model);
        var held = false;
        model.DangerousAddRef(ref held);
        var options = NativeMethods.TfLiteInterpreterOptionsCreate();
        try
        {
            NativeMethods.TfLiteInterpreterOptionsSetNumThreads(options, 1);
            NativeMethods.TfLiteInterpreterOptionsSetErrorReporter(options, &Silence, 0);
            var acceleration = new XnnPackOptions();
            interpreter._accelerator = NativeMethods.TfLiteXNNPackDelegateCreate(&acceleration);
            NativeMethods.TfLiteInterpreterOptionsAddDelegate(options, interpreter._accelerator);
            interpreter.SetHandle(NativeMethods.TfLiteInterpreterCreate(model, options));
        }
        finally
        {
            NativeMethods.TfLiteInterpreterOptionsDelete(options);
            if (interpreter.IsInvalid)
            {
                interpreter.Release();
            }
        }

        return interpreter;
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.TfLiteInterpreterDelete(handle);
        Release();
        return true;
    }

    private void Release()
    {
        NativeMethods.TfLiteXNNPackDelegateDelete(_accelerator);
        _model.DangerousRelease();
    }

    // Without it the library writes to standard error by itself; the status of each call says that it failed.
    [UnmanagedCallersOnly]
    private static void Silence(nint userData, byte* format, nint arguments)
    {
    }
}
