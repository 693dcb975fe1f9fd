using Veil.Pipeline.Verification;

namespace Veil.Evaluation.Verification;

/// <summary>Finds outputs that are the unaltered original of another file.</summary>
public static class SwappedOutputs
{
    private const string Check = "copy";

    /// <summary>The files with a failure added to each output whose bytes are those of another file's original that shows faces.</summary>
    /// <param name="files">All files of a verification.</param>
    public static IReadOnlyList<VerifiedFile> Mark(IReadOnlyList<VerifiedFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var originals = files.Where(file => file.Verification is { OriginalFaces: > 0, OriginalSha256.Length: > 0 })
            .GroupBy(file => file.Verification.OriginalSha256).ToDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal);
        return [.. files.Select(file => file.Verification.OutputSha256 != file.Verification.OriginalSha256 && originals.TryGetValue(file.Verification.OutputSha256, out var other)
            ? file with { Verification = file.Verification with { Findings = [.. file.Verification.Findings, new OutputFinding(Check, FindingTone.Failed, $"the output IS the original '{other}', byte for byte, and there are faces in it")] } }
            : file)];
    }
}
