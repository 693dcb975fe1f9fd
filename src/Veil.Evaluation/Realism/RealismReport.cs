using System.Globalization;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Statistics;

namespace Veil.Evaluation.Realism;

/// <summary>Says in words, tables and charts what a <see cref="RealismResult"/> holds.</summary>
public static class RealismReport
{
    /// <summary>As often as this a face has to be found again to pass for one.</summary>
    public const double Enough = 0.95;

    private const int MostNamed = 200;

    /// <summary>Makes the report.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="settings">How.</param>
    /// <param name="provenance">How it came about.</param>
    public static Report Of(RealismResult result, RealismSettings settings, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(settings);
        return new Report("Realism: do they still look like faces", [.. Summary(result)], [.. Sections(result, settings)], provenance);
    }

    private static IEnumerable<string> Summary(RealismResult result)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{result.Treatments.Count(one => !one.Treatment.IsOriginal)} treatments of {result.Faces} faces in {result.Pictures} pictures.");
        var treated = result.Treatments.Where(one => !one.Treatment.IsOriginal).ToList();
        foreach (var (words, those) in new[]
        {
            ($"Still faces, to every detector and the landmark model ({Percent(Enough)} or more are found again)", treated.Where(IsFace).ToList()),
            ("Not found as often", treated.Where(one => !IsFace(one)).ToList()),
        })
        {
            if (those.Count > 0)
            {
                yield return $"{words}: {string.Join(", ", those.Select(one => $"{one.Treatment.Name} ({string.Join(", ", one.Found.Select(found => $"{found.Detector} {Percent(found.Again.Share)}"))}, points {Percent(one.Landmarks.Plausible.Share)})"))}.";
            }
        }

        foreach (var network in Networks(result))
        {
            yield return $"Nearest to originals by {network}, above what other originals have: {string.Join(", ", Ranked(result, network).Select(one => $"{one.Name} {Figure(one.Difference)} ± {Figure(one.Margin)}"))}.";
        }

        if (treated.Count > 0)
        {
            var strangers = result.Treatments[0].Likeness.SameAsOther;
            yield return $"Taken for the original's person, where {Fine(strangers)} of strangers are: {string.Join(", ", treated.OrderBy(one => one.Likeness.SameAsOwn.Share).Select(one => $"{one.Treatment.Name} {Percent(one.Likeness.SameAsOwn.Share)}"))}.";
        }
    }

    private static bool IsFace(TreatmentRealism one) => one.Found.All(found => found.Again.Share >= Enough) && one.Landmarks.Plausible.Share >= Enough;

    private static IEnumerable<ReportSection> Sections(RealismResult result, RealismSettings settings)
    {
        yield return new ReportSection("Are they found again", [
            new ReportText("A detector looks at the treated picture at its own threshold. Counted are the faces that it finds in the original; found again is one whose box shares two fifths or more with its box there (intersection over union)."),
            new BarChart(
                $"Faces that {settings.Detectors[^1].Id} finds again", new ReportAxis("found again", ReportFormat.Share),
                [.. result.Treatments.Select(one => new ChartBar(one.Treatment.Name, one.Found[^1].Again.Share))]) { Lines = [new ChartLine("95 %", Enough, ChartAxis.Y)] },
            Redetection(result),
            new ReportText($"Dense points are looked for by {settings.Landmarker.Id} in the face that {settings.Detectors[0].Id} finds again, and count where their contour fills its box. How far eyes, nose tip and mouth corners have moved is given as a share of the distance of the eyes; alignment for recognition bears about a tenth."),
            Landmarks(result),
        ]);
        if (Networks(result).Any())
        {
            yield return new ReportSection("How far from originals as a whole", [.. Distances(result, settings)]);
        }

        yield return new ReportSection("Do they look like anybody", [
            new ReportText(string.Create(CultureInfo.InvariantCulture, $"Cosines by {settings.Recognition.Name}, aligned by the original's points, the most that anybody could know; from {settings.Recognition.SamePerson} on it takes two faces for one person. Others are faces of other groups: what the original gets with them is what strangers get. A method that hides gets with its own original what it gets with others.")),
            Likeness(result),
        ]);
        yield return new ReportSection("What was measured on", [.. Scope(result, settings)]);
    }

    private static ReportTable Redetection(RealismResult result) => new(
        "redetection", "How often each detector finds a face again",
        [new("treatment"), new("detector"), new("found again", ReportFormat.Share), new("from", ReportFormat.Share, "lower end of the 95 % interval (Wilson)"), new("to", ReportFormat.Share, "upper end"), new("faces", ReportFormat.Count, "those that it finds in the original")],
        [.. from one in result.Treatments from found in one.Found
            select (IReadOnlyList<ReportCell>)[ReportCell.Of(one.Treatment.Name), ReportCell.Of(found.Detector), .. Cells(found.Again), ReportCell.Of(found.Again.Of)]]);

    private static ReportTable Landmarks(RealismResult result) => new(
        "landmarks", "How often a landmark model finds the points of a face again, and where",
        [
            new("treatment"), new("plausible points", ReportFormat.Share), new("from", ReportFormat.Share), new("to", ReportFormat.Share), new("faces", ReportFormat.Count, "those with plausible points in the original"),
            new("moved by, median", ReportFormat.Number, "as a share of the distance of the eyes"), new("95 in 100 below", ReportFormat.Number),
        ],
        [.. result.Treatments.Select(one => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(one.Treatment.Name), .. Cells(one.Landmarks.Plausible), ReportCell.Of(one.Landmarks.Plausible.Of), ReportCell.Of(one.Landmarks.Median), ReportCell.Of(one.Landmarks.High),
        ])]);

    private static IEnumerable<ReportBlock> Distances(RealismResult result, RealismSettings settings)
    {
        yield return new ReportText(
            "The Fréchet distance takes the vectors of each set for a Gaussian and says how far apart the two are (Heusel and others, 2017). Treated faces of one half of the people are compared with originals of the other half, over four divisions; so the original's own row is what other originals get, the floor. With few pictures the distance is too large, the more so the fewer. 'Above the floor' is the difference to the original's row, on equally many pictures divided alike, so that most of that bias is in both. 'Unlimited' is where a straight line over one by their number ends (Chong and Forsyth, 2020). That line is an approximation where there are fewer pictures than numbers in a vector: how far the original's own unlimited value stays from 0 says how good it is. Intervals are 95 %, leaving out a tenth of the people at a time.");
        foreach (var network in Networks(result))
        {
            var name = settings.Features.First(one => one.Id == network).Name;
            yield return new BarChart(
                $"Fréchet distance from originals in the vectors of {name}", new ReportAxis("distance above that of other originals"),
                [.. Ranked(result, network).Select(one => new ChartBar(one.Name, one.Difference, one.Margin))]);
        }

        yield return new ReportTable(
            "distances", "Fréchet distances from originals of other people",
            [new("treatment"), new("network"), new("above the floor", ReportFormat.Number, "the difference to the original's row"), new("unlimited", ReportFormat.Number, "the bias of few pictures extrapolated away"), new("as measured", ReportFormat.Number), new("pictures on either side", ReportFormat.Count)],
            [.. from one in result.Treatments from distance in one.Distances
                let above = result.Above(one, distance.Network)!.Value
                select (IReadOnlyList<ReportCell>)
                [
                    ReportCell.Of(one.Treatment.Name), ReportCell.Of(distance.Network), ReportCell.Of(above.Difference, above.Margin), ReportCell.Of(distance.Estimate.Unlimited, distance.Estimate.Margin),
                    ReportCell.Of(distance.Estimate.Distance, distance.Estimate.DistanceMargin), ReportCell.Of(distance.Estimate.Size),
                ]]);
    }

    private static ReportTable Likeness(RealismResult result) => new(
        "likeness", "Cosine between results, their originals and others",
        [
            new("treatment"), new("own original, mean", ReportFormat.Number), new("taken for its person", ReportFormat.Share), new("from", ReportFormat.Share), new("to", ReportFormat.Share),
            new("others, mean", ReportFormat.Number), new("taken for another", ReportFormat.FineShare), new("own is the nearest", ReportFormat.FineShare, "results whose most similar original of all is their own; guessing gets one in as many as there are faces"),
            new("nearest other, median", ReportFormat.Number), new("nearest of all", ReportFormat.Number),
        ],
        [.. result.Treatments.Select(one => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(one.Treatment.Name), ReportCell.Of(one.Likeness.Own), .. Cells(one.Likeness.SameAsOwn), ReportCell.Of(one.Likeness.Others), ReportCell.Of(one.Likeness.SameAsOther),
            ReportCell.Of(one.Likeness.NearestIsOwn.Share), ReportCell.Of(one.Likeness.NearestOther), ReportCell.Of(one.Likeness.NearestOfAll),
        ])]);

    private static IEnumerable<ReportBlock> Scope(RealismResult result, RealismSettings settings)
    {
        yield return new ReportText(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Faces} faces in {result.Pictures} pictures, of {result.Groups} groups: people, where pictures lie in a folder for each, else each picture is one. Every face was found in the original by {settings.Detectors[0].Id} and covered as a run would cover it."));
        if (result.NotMeasured.Count > 0)
        {
            yield return new ReportTable(
                "not-measured", "Treatments that were not measured", [new("treatment"), new("reason")],
                [.. result.NotMeasured.Select(one => (IReadOnlyList<ReportCell>)[ReportCell.Of(one.Treatment.Name), ReportCell.Of(one.Reason)])]);
        }

        if (result.LeftOut.Count > 0)
        {
            yield return new ReportTable(
                "left-out", result.LeftOut.Count > MostNamed ? $"Pictures that were not measured: {result.LeftOut.Count}, the first {MostNamed}" : "Pictures that were not measured", [new("picture"), new("reason")],
                [.. result.LeftOut.Take(MostNamed).Select(one => (IReadOnlyList<ReportCell>)[ReportCell.Of(one.Name), ReportCell.Of(one.Explanation)])]);
        }
    }

    private static IEnumerable<ReportCell> Cells(ShareInterval share) => [ReportCell.Of(share.Share), ReportCell.Of(share.Low), ReportCell.Of(share.High)];

    private static IEnumerable<string> Networks(RealismResult result) => result.Treatments.SelectMany(one => one.Distances).Select(distance => distance.Network).Distinct();

    private static IEnumerable<(string Name, double Difference, double Margin)> Ranked(RealismResult result, string network) =>
        from one in result.Treatments
        where !one.Treatment.IsOriginal
        let above = result.Above(one, network)
        where above is not null
        orderby above.Value.Difference
        select (one.Treatment.Name, above.Value.Difference, above.Value.Margin);

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);

    private static string Fine(double share) => share.ToString("P2", CultureInfo.InvariantCulture);

    private static string Figure(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
