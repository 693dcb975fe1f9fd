using System.Runtime.InteropServices;

namespace Veil.TensorFlowLite.Native;

/// <summary>TfLiteQuantizationParams of c_api_types.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TfLiteQuantization
{
    public readonly float Scale;
    public readonly int ZeroPoint;
}
