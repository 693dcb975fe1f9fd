using System.Collections.Concurrent;
using Veil.Engine.Verification;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Verification;

namespace Veil.Studio.Projects;

/// <summary>Checks results in which somebody stays clear on purpose: what is found at those very places says nothing against them. Thread-safe.</summary>
/// <param name="anonymizer">Made the results.</param>
internal sealed class ResultCheck(Anonymizer anonymizer) : IDisposable
{
    private readonly Lazy<OutputChecking> _checking = new(() => OutputChecking.Create(anonymizer.Prepared.Recipe, anonymizer.Prepared.Finder));
    private readonly ConcurrentBag<OwnedVerifier> _verifiers = [];

    /// <summary>A result with what checking it said; failed where it does not hold.</summary>
    /// <param name="made">The result.</param>
    /// <param name="output">Where it is.</param>
    /// <param name="regions">Its regions, and who stays clear.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ItemResult Judge(ItemResult made, string output, ReviewedItem regions, CancellationToken cancellationToken)
    {
        var verifier = _verifiers.TryTake(out var idle) ? idle : _checking.Value.Setup.CreateVerifier(static _ => { });
        OutputVerification said;
        try
        {
            said = verifier.Verifier.Verify(_checking.Value.PairOf(made, output), cancellationToken);
        }
        finally
        {
            _verifiers.Add(verifier);
        }

        var verification = said with { Findings = [.. said.Findings.Select(finding => IsOnPurpose(finding, regions) ? finding with { Tone = FindingTone.Note } : finding)] };
        var judged = made with { Verification = verification };
        return verification.Verdict == OutputVerdict.Holds ? judged : judged with
        {
            Status = ItemStatus.Failed,
            Error = new ItemError(
                nameof(VeilErrorCode.NotVerified), VerifyingProcessor.Step, "The result does not hold: " + verification.Against.First().Message,
                "Look at it in Review, cover what is missing, and export again."),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_verifiers.TryTake(out var verifier))
        {
            verifier.Dispose();
        }
    }

    // At the place of somebody clear, and at nobody's who is covered: where the two meet, the finding stands.
    private static bool IsOnPurpose(OutputFinding finding, ReviewedItem regions)
    {
        if (finding is not { Tone: FindingTone.Failed or FindingTone.Doubtful, Place: { } place })
        {
            return false;
        }

        var box = place.ToBox();
        var frame = regions.Frames.FirstOrDefault(one => one.Index == place.Frame);
        return frame is not null
            && frame.Regions.Any(region => !region.IsCovered && Holds(region.Region.Box, box))
            && !frame.Regions.Any(region => region.IsCovered && Holds(region.Region.Box, box));
    }

    private static bool Holds(Regions.Box region, Regions.Box found) =>
        found.CenterX >= region.Left && found.CenterX < region.Right && found.CenterY >= region.Top && found.CenterY < region.Bottom;
}
