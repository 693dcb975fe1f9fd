using System.ComponentModel.DataAnnotations;
using Veil.Evaluation.Utility;

namespace Veil.Torch;

/// <summary>How training uses the machine. Immutable.</summary>
public sealed record TorchOptions
{
    /// <summary>
    /// Threads of one call, 1 to 1024; null for what suits the protocol: 1 for <see cref="TrainingProtocol.Frozen"/>, whose steps are
    /// too small to be shared, all processors for <see cref="TrainingProtocol.Finetune"/>. Classifiers beside each other, of a
    /// thread each, use processors better than one with all of them. Another number gives slightly other weights: sums are
    /// taken in another order.
    /// </summary>
    [Range(1, 1024)]
    public int? Threads { get; init; }

    /// <summary>Fails unless every value is in its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public void Validate()
    {
        if (Threads is { } threads)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(Threads));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 1024, nameof(Threads));
        }
    }

    /// <summary>The number for a protocol.</summary>
    internal int ThreadsFor(TrainingProtocol protocol) => Threads ?? (protocol == TrainingProtocol.Frozen ? 1 : Environment.ProcessorCount);
}
