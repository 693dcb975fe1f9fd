using System.Globalization;
using Veil.Anonymization;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Frontier;

/// <summary>Puts the plane into words, a chart and a table.</summary>
public static class FrontierReport
{
    private const int MostOffered = 8;

    /// <summary>The report.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="utility">How utility was measured.</param>
    /// <param name="pictures">What treatments look like, on generated people.</param>
    /// <param name="details">Sections of the two measurements.</param>
    /// <param name="provenance">How it came about.</param>
    public static Report Of(
        FrontierResult result, FrontierUtility utility, IReadOnlyList<ReportPictures> pictures, IReadOnlyList<ReportSection> details, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(utility);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(details);
        return new Report("Which method, and how strong? Privacy against utility", [.. Summary(result, utility)],
        [
            new ReportSection("Recommendation", [.. Advice(result)]),
            new ReportSection("The plane",
            [
                new ReportText("Each mark is a treatment. Further left, fewer people are recognized by the strongest attacker; further up, more of the original's utility is left. The heavy line joins the treatments that no other one beats on both axes. Whiskers are 95 % intervals."),
                Plane(result, utility),
                new ReportText(utility.Explanation),
                All(result, utility),
                .. Missing(result),
            ]),
            .. pictures.Count == 0 ? [] : new[] { new ReportSection("What it looks like", [new ReportText("These people do not exist: their portraits were generated. Nobody from the measured pictures is shown."), .. pictures]) },
            .. details,
        ], provenance)
        {
            Warnings = result.Warnings,
        };
    }

    /// <summary>The command that does to a folder of pictures what a treatment does.</summary>
    /// <param name="treatment">Any but the original.</param>
    /// <param name="coverage">What was covered when it was measured; the command covers the same as far as it can.</param>
    public static string Command(Treatment treatment, FrontierCoverage coverage)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(coverage);
        var settings = treatment.Preset is not null ? [] : treatment.Name.Split(':').Skip(1).SelectMany(option => new[] { "--set", option });
        return ShellWords.Line(["veil", "anonymize", "IN", "-o", "OUT", .. treatment.Preset is { } preset ? ["--preset", preset.Name] : new[] { "--method", treatment.Method!.Id }, .. settings, .. coverage.Options(treatment)]);
    }

    /// <summary>In what the recommended command differs from what was measured; empty where nothing is recommended.</summary>
    /// <param name="result">What was measured.</param>
    public static IReadOnlyList<string> Differences(FrontierResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Advice.Best is { } best ? [.. result.Coverage.Differences(best.Treatment)] : [];
    }

    /// <summary>The result in a few sentences.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="utility">How utility was measured.</param>
    public static IReadOnlyList<string> Summary(FrontierResult result, FrontierUtility utility)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(utility);
        var sentences = new List<string>();
        if (result.Advice.Best is { } best)
        {
            sentences.Add($"For {result.Advice.Target}, take {best.Treatment.Name}: {Holds(best)}.");
        }
        else
        {
            sentences.Add($"No treatment measured here is shown to hold {result.Advice.Target}.");
            sentences.AddRange(result.Advice.Closest.Select(point => $"{(result.Advice.Target.HoldsPrivacy(point) ? "Of those that hide enough, the most useful is" : "Of those that keep enough, the most private is")} {point.Treatment.Name}: {Holds(point)}."));
        }

        var original = result.Points.FirstOrDefault(point => point.Treatment.IsOriginal);
        sentences.Add($"Of originals, {(original?.Reidentification is { } found ? NumberWords.Share(found.Value) : "an unknown share")} are named by the strongest attacker; guessing names {NumberWords.FineShare(result.Chance)}. The original's utility is {utility.Original}.");
        if (result.Front.Count > 0)
        {
            sentences.Add($"{result.Front.Count} of {result.Points.Count(point => point.IsComplete && !point.Treatment.IsOriginal)} treatments {(result.Front.Count == 1 ? "is" : "are")} beaten by none on both axes{(result.Front.Count <= MostOffered ? ": " + string.Join(", ", result.Front.Select(point => point.Treatment.Name)) : "")}.");
        }

        return sentences;
    }

    private static string Holds(FrontierPoint point) =>
        $"at most {NumberWords.FineShare(point.Reidentification!.Value.High)} of people are named by the strongest attacker, and at least {NumberWords.Share(point.Utility!.Value.Low)} of the original's utility is left (the worse ends of both 95 % intervals; the estimates are {NumberWords.FineShare(point.Reidentification.Value.Value)} and {NumberWords.Share(point.Utility.Value.Value)})";

    private static IEnumerable<ReportBlock> Advice(FrontierResult result)
    {
        var advice = result.Advice;
        yield return new ReportText(advice.Target.IsUnstated
            ? "No target was stated. What is looked for is the most useful of the treatments against which no attacker is measurably better than guessing, with enough people to rule out that one is twice as good. State one with --max-reidentification, --min-utility or both."
            : $"Asked for: {advice.Target}. A treatment holds it when the worse ends of its 95 % intervals do; an estimate alone does not count.");
        if (advice.Best is not { } best)
        {
            yield return new ReportText(advice.Closest.Count == 0
                ? "No treatment holds it, nor does any hold a part of it. Compare more methods and strengths, or ask for less."
                : "No treatment holds it. Ask for less of one of the two, compare more methods and strengths, or measure more people and seeds: intervals shrink with them.");
            yield break;
        }

        yield return new ReportCode(Command(best.Treatment, result.Coverage));
        foreach (var difference in Differences(result))
        {
            yield return new ReportText(difference);
        }

        if (advice.Meeting.Count > 1)
        {
            yield return new ReportTable(
                "meeting", $"What holds the target, the recommended one first{(advice.Meeting.Count > MostOffered ? string.Create(CultureInfo.InvariantCulture, $" ({MostOffered} of {advice.Meeting.Count})") : "")}",
                [new("Treatment"), new("Re-identified at most", ReportFormat.FineShare), new("Utility at least", ReportFormat.Share), new("Promise"), new("Command")],
                [.. advice.Meeting.Take(MostOffered).Select(point => (IReadOnlyList<ReportCell>)
                [
                    ReportCell.Of(point.Treatment.Name), ReportCell.Of(point.Reidentification!.Value.High), ReportCell.Of(point.Utility!.Value.Low), ReportCell.Of(Promise(point.Treatment)), ReportCell.Of(Command(point.Treatment, result.Coverage)),
                ])]);
        }
    }

    private static ScatterChart Plane(FrontierResult result, FrontierUtility utility)
    {
        var known = result.Points.Where(point => point.IsComplete).ToList();
        var lines = new List<ChartLine> { new("guessing", result.Chance, ChartAxis.X) };
        if (result.Advice.Target.MaxReidentification is { } most and > 0)
        {
            lines.Add(new ChartLine("target", most, ChartAxis.X));
        }

        if (result.Advice.Target.MinUtility is { } least)
        {
            lines.Add(new ChartLine("target", least, ChartAxis.Y));
        }

        return new ScatterChart(
            "Re-identification by the strongest attacker against what is left of the original's utility",
            new ReportAxis("People re-identified (rank-1, strongest attacker)", ReportFormat.FineShare, ReportScale.Logarithmic), new ReportAxis(utility.Name, ReportFormat.Share),
            [
                .. known.GroupBy(point => point.Treatment.Method?.Id ?? point.Treatment.Name).Select(group => new ChartSeries(
                    group.Key, [.. group.OrderBy(point => point.Reidentification!.Value.Value).Select(point => Mark(point, Strength(point.Treatment), Whiskers.Shown))])),
                .. result.Front.Count == 0 ? [] : new[] { new ChartSeries("beaten by none", [.. result.Front.Select(point => Mark(point, point == result.Advice.Best ? "" : point.Treatment.Name, Whiskers.Hidden))]) { Style = ChartSeriesStyle.Front } },
                .. result.Advice.Best is not { } best ? [] : new[] { new ChartSeries("recommended", [Mark(best, best.Treatment.Name, Whiskers.Hidden)]) { Style = ChartSeriesStyle.Ringed } },
            ])
        {
            Lines = lines,
        };
    }

    private enum Whiskers
    {
        Shown,
        Hidden,
    }

    private static ChartPoint Mark(FrontierPoint point, string label, Whiskers whiskers) => new(point.Reidentification!.Value.Value, point.Utility!.Value.Value, label)
    {
        MarginX = whiskers == Whiskers.Shown ? point.Reidentification.Value.Margin : 0,
        MarginY = whiskers == Whiskers.Shown ? point.Utility.Value.Margin : 0,
    };

    private static string Strength(Treatment treatment) =>
        treatment.Preset is { } preset ? preset.Name : treatment.Name.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? treatment.Name[(colon + 1)..] : "";

    private static ReportTable All(FrontierResult result, FrontierUtility utility) => new(
        "frontier", "Every treatment, as named",
        [
            new("Treatment"), new("Promise", ReportFormat.Text, "What the method guarantees: irreversible and bounded ones hold against attackers yet to come, others were only measured"),
            new("Re-identified", ReportFormat.FineShare, "Share of people whom the strongest attacker names (rank-1)"), new("at most", ReportFormat.FineShare, "The highest upper end of all attackers' 95 % intervals"),
            new("Utility", ReportFormat.Share, utility.Explanation), new("at least", ReportFormat.Share, "The lower end of its 95 % interval"),
            new("Beaten by none"), new("Target", ReportFormat.Text, result.Advice.Target.ToString()), new("Strongest attacker"),
        ],
        [.. result.Points.Select(point => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(point.Treatment.Name), ReportCell.Of(Promise(point.Treatment)),
            point.Reidentification is { } found ? ReportCell.Of(found.Value) : Cell(null), End(point.Reidentification?.High), Cell(point.Utility), End(point.Utility?.Low),
            ReportCell.Of(result.Front.Contains(point) ? "yes" : ""), Verdict(result, point), ReportCell.Of(point.Attack),
        ])]);

    private static ReportCell Verdict(FrontierResult result, FrontierPoint point) =>
        point.Treatment.IsOriginal ? ReportCell.Of("")
        : !point.IsComplete ? ReportCell.Of("not measured") with { Tone = ReportTone.Doubtful }
        : result.Advice.Best == point ? ReportCell.Of("recommended") with { Tone = ReportTone.Good }
        : result.Advice.Meeting.Contains(point) ? ReportCell.Of("holds") with { Tone = ReportTone.Good }
        : ReportCell.Of("does not hold");

    private static ReportCell Cell(MeasuredShare? share) => share is { } known ? ReportCell.Of(known.Value, known.Margin > 0 ? known.Margin : null) : new ReportCell("not measured", null, null);

    private static ReportCell End(double? value) => value is { } known ? ReportCell.Of(known) : ReportCell.Of("");

    private static IEnumerable<ReportBlock> Missing(FrontierResult result)
    {
        var missing = result.Points.Where(point => point.Missing.Length > 0).ToList();
        if (missing.Count == 0)
        {
            yield break;
        }

        yield return new ReportTable(
            "missing", "Not on the plane, and never recommended: treatments that lack a measurement",
            [new("Treatment"), new("Re-identified", ReportFormat.FineShare), new("Utility", ReportFormat.Share), new("Reason")],
            [.. missing.Select(point => (IReadOnlyList<ReportCell>)[ReportCell.Of(point.Treatment.Name), Cell(point.Reidentification), Cell(point.Utility), ReportCell.Of(point.Missing)])]);
    }

    private static string Promise(Treatment treatment) => treatment.Method?.Guarantee switch
    {
        null => "",
        Guarantee.Irreversible => "irreversible",
        Guarantee.Bounded => "bounded",
        Guarantee.Synthetic => "synthetic",
        _ => "obfuscating",
    };
}
