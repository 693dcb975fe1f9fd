using System.Runtime.InteropServices;

namespace Veil.Torch.Native;

/// <summary>veil_torch_tensor of <c>native/include/veil_torch.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeTensor
{
    public byte* Name;
    public long* Dimensions;
    public float* Values;
    public int Rank;
    public int Reserved;
}
