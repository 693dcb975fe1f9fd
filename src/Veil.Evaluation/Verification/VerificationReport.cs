using Veil.Evaluation.Reports;
using Veil.Pipeline.Verification;

namespace Veil.Evaluation.Verification;

/// <summary>
/// Makes the report of a verification: the verdict first, then what was checked and what not, each file, each finding, and the
/// hashes by which the files are known again. It shows no picture and names no value of metadata, so that it can be filed.
/// </summary>
public static class VerificationReport
{
    /// <summary>What no check of this program can tell.</summary>
    public static IReadOnlyList<string> Limits { get; } =
    [
        "Two detectors can miss the same face: that none is found does not prove that none is there.",
        "A network that does not recognize a face does not prove that nobody does: people who know somebody also go by clothes, posture, company and place.",
        "Plates, writing and bodies are not looked for; of those, only what the run covered and that nothing else changed is known.",
        "Nobody listens to the sound of films.",
        "Whoever kept the originals, a seed or a name key can undo more than an outsider: as long as those exist, the data may be pseudonymous rather than anonymous.",
    ];

    /// <summary>Builds it.</summary>
    /// <param name="summary">The verdicts.</param>
    /// <param name="checks">Id and sentence of each check.</param>
    /// <param name="warnings">What the reader must know first.</param>
    /// <param name="provenance">How it came about.</param>
    public static Report Build(VerificationSummary summary, IReadOnlyList<KeyValuePair<string, string>> checks, IReadOnlyList<string> warnings, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(checks);
        var sections = new List<ReportSection>
        {
            new("What was checked", [Checks(summary, checks), .. summary.Files.Count > 0 ? new ReportBlock[] { new ReportText("A file holds when no check failed and none was left out. Doubtful findings do not fail a file: somebody should look at them.") } : []]),
            new("What this cannot show", [.. Limits.Select(limit => new ReportText(limit))]),
        };
        if (summary.Files.Any(file => file.Verification.Findings.Any(finding => finding.Tone != FindingTone.Note)))
        {
            sections.Add(new ReportSection("Findings", [Findings(summary)]));
        }

        if (summary.Files.Count > 0)
        {
            sections.Add(new ReportSection("Files", [FileTable(summary), Hashes(summary)]));
        }

        return new Report("Verification of anonymized files", [summary.Sentence, Numbers(summary)], sections, provenance) { Warnings = warnings };
    }

    private static string Numbers(VerificationSummary summary)
    {
        var all = summary.Files.Select(file => file.Verification).ToList();
        return FormattableString.Invariant(
            $"{all.Sum(one => (long)one.OriginalFaces)} faces were found in the originals, {all.Sum(one => (long)one.OutputFaces)} in the outputs by the second detector. Recognition compared {all.Sum(one => (long)one.FacesJudged)} covered faces with their originals; {all.Sum(one => (long)one.FacesTooPoor)} were too small, turned or blurred to be told in the original.");
    }

    private static ReportTable Checks(VerificationSummary summary, IReadOnlyList<KeyValuePair<string, string>> checks) => new(
        "checks", "The checks, and how many files failed each.",
        [new("Check"), new("Holds when"), new("Failed", ReportFormat.Count, "Files"), new("Not checked", ReportFormat.Count, "Files"), new("To be looked at", ReportFormat.Count, "Files")],
        [.. checks.Select(check => (IReadOnlyList<ReportCell>)[ReportCell.Of(check.Key), ReportCell.Of(check.Value), Count(summary, check.Key, FindingTone.Failed), Count(summary, check.Key, FindingTone.Unchecked), Count(summary, check.Key, FindingTone.Doubtful)])]);

    private static ReportCell Count(VerificationSummary summary, string check, FindingTone tone)
    {
        var count = summary.Files.Count(file => file.Verification.Findings.Any(finding => finding.Check == check && finding.Tone == tone));
        return ReportCell.Of(count) with { Tone = count == 0 ? ReportTone.Good : ToneOf(tone) };
    }

    private static ReportTable Findings(VerificationSummary summary) => new(
        "findings", "Everything that is not as it should be, the gravest first. Places are in pixels of the upright original: left, top, right, bottom.",
        [new("File"), new("Check"), new("Finding"), new("Grade"), new("Frame", ReportFormat.Count), new("Place"), new("Value", ReportFormat.Number)],
        [.. summary.Files.SelectMany(file => file.Verification.Findings.Where(finding => finding.Tone != FindingTone.Note).Select(finding => (file, finding)))
            .OrderByDescending(one => one.finding.Tone).Select(one => (IReadOnlyList<ReportCell>)
            [
                ReportCell.Of(one.file.Name), ReportCell.Of(one.finding.Check), ReportCell.Of(one.finding.Message), Grade(one.finding.Tone),
                one.finding.Place is { } place ? ReportCell.Of(place.Frame) : ReportCell.Of(""),
                ReportCell.Of(one.finding.Place is { } box ? FormattableString.Invariant($"{box.Left:0}, {box.Top:0}, {box.Right:0}, {box.Bottom:0}") : ""),
                one.finding.Value is { } value ? ReportCell.Of(value) : ReportCell.Of(""),
            ])]);

    private static ReportTable FileTable(VerificationSummary summary) => new(
        "files", "Each file with its verdict.",
        [
            new("File"), new("Verdict"), new("Frames", ReportFormat.Count), new("Faces before", ReportFormat.Count, "Found in the original, over all frames"),
            new("Faces after", ReportFormat.Count, "Found in the output by the second detector, over all frames; drawn faces count"), new("Judged", ReportFormat.Count, "Covered faces compared by recognition"),
            new("Highest similarity", ReportFormat.Number, "Of any covered face to its original, by any network"), new("Against it"),
        ],
        [.. summary.Files.Select(file => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(file.Name), Verdict(file.Verification.Verdict), ReportCell.Of(file.Verification.Frames), ReportCell.Of(file.Verification.OriginalFaces),
            ReportCell.Of(file.Verification.OutputFaces), ReportCell.Of(file.Verification.FacesJudged),
            file.Verification.Similarities.Count > 0 ? ReportCell.Of(file.Verification.Similarities.Max(one => one.Similarity)) : ReportCell.Of("none judged"),
            ReportCell.Of(string.Join("; ", file.Verification.Against.Take(3).Select(finding => $"{finding.Check}: {finding.Message}"))),
        ])]);

    private static ReportTable Hashes(VerificationSummary summary) => new(
        "hashes", "SHA-256 of the files that were compared.", [new("Original"), new("SHA-256 of the original"), new("Output"), new("SHA-256 of the output")],
        [.. summary.Files.Select(file => (IReadOnlyList<ReportCell>)
            [ReportCell.Of(file.Name), ReportCell.Of(file.Verification.OriginalSha256), ReportCell.Of(file.Output), ReportCell.Of(file.Verification.OutputSha256)])]);

    private static ReportCell Verdict(OutputVerdict verdict) => verdict switch
    {
        OutputVerdict.Holds => ReportCell.Of("holds") with { Tone = ReportTone.Good },
        OutputVerdict.Fails => ReportCell.Of("does not hold") with { Tone = ReportTone.Bad },
        _ => ReportCell.Of("could not be checked") with { Tone = ReportTone.Doubtful },
    };

    private static ReportCell Grade(FindingTone tone) => ReportCell.Of(tone switch
    {
        FindingTone.Failed => "failed",
        FindingTone.Unchecked => "not checked",
        _ => "doubtful",
    }) with { Tone = ToneOf(tone) };

    private static ReportTone ToneOf(FindingTone tone) => tone == FindingTone.Failed ? ReportTone.Bad : ReportTone.Doubtful;
}
