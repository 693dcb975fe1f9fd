namespace Veil.Torch.Tests;

/// <summary>A test that needs libtorch; it skips, saying so, where it is not here.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public TorchFactAttribute() => Skip = TorchLibrary.IsAvailable ? null : TorchLibrary.WhyNot;
}
