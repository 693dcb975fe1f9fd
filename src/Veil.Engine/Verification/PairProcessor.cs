using Veil.Pipeline;
using Veil.Pipeline.Verification;

namespace Veil.Engine.Verification;

/// <summary>Compares pairs as a run works on items: the item is the original, the target its output, which is only read.</summary>
/// <param name="pairs">The pairs by the original's name.</param>
/// <param name="create">Makes the verifier of this worker.</param>
internal sealed class PairProcessor(IReadOnlyDictionary<string, OutputPair> pairs, Func<OwnedVerifier> create) : IItemProcessor
{
    private OwnedVerifier? _verifier;

    public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken)
    {
        var verification = (_verifier ??= create()).Verifier.Verify(pairs[item.Name], cancellationToken);
        return Result(item, verification);
    }

    /// <summary>A verdict as the result of an item, for progress.</summary>
    public static ItemResult Result(MediaItem item, OutputVerification verification)
    {
        var against = verification.Against.FirstOrDefault();
        return new ItemResult(item, null, verification.Verdict == OutputVerdict.Holds ? ItemStatus.Done : ItemStatus.Failed)
        {
            Verification = verification,
            Error = against is null ? null : new ItemError(verification.Verdict == OutputVerdict.Fails ? "DoesNotHold" : "NotChecked", against.Check, against.Message, ""),
        };
    }

    public void Dispose() => _verifier?.Dispose();
}
