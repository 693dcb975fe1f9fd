using System.Globalization;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Statistics;

namespace Veil.Evaluation.Strangers;

/// <summary>Says in words, tables and charts what <see cref="StrangersExperiment"/> found.</summary>
public static class StrangersReport
{
    /// <summary>Makes the report.</summary>
    /// <param name="results">One for each network, at least one.</param>
    /// <param name="provenance">How it came about.</param>
    public static Report Of(IReadOnlyList<StrangerLikeness> results, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(results);
        return new Report("Strangers: do generated faces look like anybody", [.. results.Select(Sentence)], [.. Sections(results)], provenance);
    }

    /// <summary>The result by one network in a sentence.</summary>
    /// <param name="one">The result.</param>
    public static string Sentence(StrangerLikeness one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{one.Network}: the most similar face of the folder has a cosine of {one.Generated.Median:F3} to a generated face (median of {one.Generated.Count}), and of {one.Strangers.Median:F3} to a person ({one.Strangers.Count} people, others than themselves). The nearest of all generated faces has {one.Generated.Most:F3}; among as many people drawn the nearest strangers have {one.ExpectedMost:F3}, and as much or more in {one.MostByStrangers:P0} of draws. Generated faces are {(one.IsTooNear ? "nearer to people than strangers are" : "no nearer to anybody than strangers are")}.");
    }

    private static IEnumerable<ReportSection> Sections(IReadOnlyList<StrangerLikeness> results)
    {
        yield return new ReportSection("Nearest faces", [
            new ReportText("Of each generated face the most similar face of the folder is taken, and of each person's first picture the most similar face of anybody else: how near strangers come in the same folder. 'nearer' is the chance that a generated face is nearer to somebody than a person is to a stranger, one half where there is no difference (Mann and Whitney, 1947). The nearest of all is compared with the nearest among as many people, drawn 2,000 times with replacement: too near is what fewer than one draw in twenty reach, or a median above 95 in 100 strangers. A folder in which one person has two names makes strangers look nearer than they are."),
            new ReportTable(
                "nearest", "Cosine of the most similar face",
                [new("network"), new("of whom"), new("count", ReportFormat.Count), new("median", ReportFormat.Number), new("95 in 100 below", ReportFormat.Number), new("nearest of all", ReportFormat.Number), new("taken for somebody", ReportFormat.Share)],
                [.. results.SelectMany(one => new[] { Row(one, "generated faces", one.Generated, one.SameAsGenerated), Row(one, "people, to strangers", one.Strangers, one.SameAsStranger) })]),
            new ReportTable(
                "comparison", "Generated faces beside strangers",
                [new("network"), new("nearer", ReportFormat.Share, "one half where there is no difference"), new("nearest of all generated", ReportFormat.Number), new("of as many strangers", ReportFormat.Number, "median over draws"), new("draws that reach it", ReportFormat.Share), new("verdict")],
                [.. results.Select(one => (IReadOnlyList<ReportCell>)
                [
                    ReportCell.Of(one.Network), ReportCell.Of(one.Nearer), ReportCell.Of(one.Generated.Most), ReportCell.Of(one.ExpectedMost), ReportCell.Of(one.MostByStrangers),
                    ReportCell.Of(one.IsTooNear ? "too near" : "no nearer than strangers") with { Tone = one.IsTooNear ? ReportTone.Bad : ReportTone.Good },
                ])]),
            new ReportTable(
                "pairs", "The nearest pairs", [new("network"), new("generated"), new("face"), new("cosine", ReportFormat.Number)],
                [.. from one in results from pair in one.Nearest
                    select (IReadOnlyList<ReportCell>)[ReportCell.Of(one.Network), ReportCell.Of(pair.Generated), ReportCell.Of(pair.Face), ReportCell.Of(pair.Cosine)]]),
        ]);
    }

    private static IReadOnlyList<ReportCell> Row(StrangerLikeness one, string whom, CosineSpread spread, ShareInterval same) =>
    [
        ReportCell.Of(one.Network), ReportCell.Of(whom), ReportCell.Of(spread.Count), ReportCell.Of(spread.Median), ReportCell.Of(spread.High), ReportCell.Of(spread.Most),
        one.SamePerson is null ? ReportCell.Of("no threshold known") : ReportCell.Of(same.Share),
    ];
}
