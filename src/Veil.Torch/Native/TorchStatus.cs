namespace Veil.Torch.Native;

/// <summary>veil_torch_status of <c>native/include/veil_torch.h</c>.</summary>
internal enum TorchStatus
{
    Ok = 0,
    Argument = 1,
    Model = 2,
    Memory = 3,
    State = 4,
    Diverged = 5,
    Failed = 6,
}
