using Veil.Pipeline.Verification;

namespace Veil.Evaluation.Verification;

/// <summary>All verdicts of a verification as one. Immutable.</summary>
/// <param name="Files">Every file.</param>
public sealed record VerificationSummary(IReadOnlyList<VerifiedFile> Files)
{
    /// <summary>The gravest verdict of any file; <see cref="OutputVerdict.Unchecked"/> where there is no file.</summary>
    public OutputVerdict Verdict => Files.Count == 0 ? OutputVerdict.Unchecked : Files.Max(file => file.Verification.Verdict);

    /// <summary>Files with a verdict.</summary>
    /// <param name="verdict">Which.</param>
    public int Count(OutputVerdict verdict) => Files.Count(file => file.Verification.Verdict == verdict);

    /// <summary>The verdict in one sentence.</summary>
    public string Sentence => Verdict switch
    {
        OutputVerdict.Holds => FormattableString.Invariant($"HOLDS: nothing speaks against any of {Files.Count} files."),
        OutputVerdict.Fails => FormattableString.Invariant($"DOES NOT HOLD: {Count(OutputVerdict.Fails)} of {Files.Count} files failed a check{(Count(OutputVerdict.Unchecked) > 0 ? FormattableString.Invariant($", {Count(OutputVerdict.Unchecked)} could not be checked") : "")}."),
        _ => Files.Count == 0 ? "COULD NOT BE CHECKED: there is no file." : FormattableString.Invariant($"COULD NOT BE CHECKED: {Count(OutputVerdict.Unchecked)} of {Files.Count} files; nothing speaks against the others."),
    };
}
