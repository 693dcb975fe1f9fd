namespace Veil.Torch.Tests;

/// <summary>A test with data that needs libtorch; it skips, saying so, where it is not here.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for it.</summary>
    public TorchTheoryAttribute() => Skip = TorchLibrary.IsAvailable ? null : TorchLibrary.WhyNot;
}
