using System.Runtime.InteropServices;

namespace Veil.Torch.Native;

/// <summary>veil_torch_settings of <c>native/include/veil_torch.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeSettings
{
    public NativeNetwork Network;
    public int Classes;
    public int Side;
    public int TrainedStages;
    public double LearningRate;
    public long Seed;
    public int Threads;
    public int Reserved;
}
