using System.ComponentModel.DataAnnotations;

namespace Veil.Torch;

/// <summary>How training uses the machine. Immutable.</summary>
public sealed record TorchOptions
{
    /// <summary>Threads of one call, 1 to 1024. Default: all processors. Another number gives slightly other weights: sums are taken in another order.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Fails unless every value is in its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads, 1024);
    }
}
