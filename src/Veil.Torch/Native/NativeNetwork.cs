namespace Veil.Torch.Native;

/// <summary>veil_torch_network of <c>native/include/veil_torch.h</c>.</summary>
internal enum NativeNetwork
{
    Head = 0,
    ResNet50 = 1,
}
