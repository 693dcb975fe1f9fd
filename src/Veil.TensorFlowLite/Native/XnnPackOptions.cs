using System.Runtime.InteropServices;

namespace Veil.TensorFlowLite.Native;

/// <summary>TfLiteXNNPackDelegateOptions of xnnpack_delegate.h, version 2.9.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct XnnPackOptions
{
    public readonly int Threads = 1;

    // Without the first bit quantised models run on kernels that take ten times as long (EfficientDet-Lite2: 411 and 41 ms).
    public readonly uint Flags = SignedBytes;
    public readonly nint WeightsCache;

    private const uint SignedBytes = 1;

    public XnnPackOptions()
    {
    }
}
