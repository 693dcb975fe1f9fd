using System.Globalization;
using Veil.Evaluation.Privacy.Attackers;
using Veil.Evaluation.Privacy.Restorations;
using Veil.Evaluation.Privacy.Verification;
using Veil.Evaluation.Reports;

namespace Veil.Evaluation.Privacy;

/// <summary>Says in words, tables and charts what a <see cref="PrivacyResult"/> holds.</summary>
public static class PrivacyReport
{
    private const int MostNamed = 200;

    /// <summary>Makes the report.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="settings">How.</param>
    /// <param name="provenance">How it came about.</param>
    public static Report Of(PrivacyResult result, PrivacySettings settings, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(settings);
        return new Report("Privacy: who is still recognized", PrivacySummary.Of(result, settings), [.. Sections(result, settings)], provenance)
        {
            Warnings = Warnings(result),
        };
    }

    /// <summary>What must be known before the figures are believed.</summary>
    /// <param name="result">What was measured.</param>
    public static IReadOnlyList<string> Warnings(PrivacyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.Sanity.Where(network => !network.Passed)
            .Select(network => $"The measurement is broken: {network.Explanation} Nothing that this network does not recognize below says anything about hiding.")];
    }

    private static IEnumerable<ReportSection> Sections(PrivacyResult result, PrivacySettings settings)
    {
        var chance = new ChartLine("chance", result.Chance, ChartAxis.Y);
        yield return new ReportSection("Who is recognized", [
            new ReportText("Each treatment by the attacker that fares best against it. Rank-1 is the share of anonymized pictures whose nearest picture in an archive, one for each person, shows the same person."),
            new BarChart(
                "Rank-1 of the strongest attacker for each treatment, beside what guessing gives", new ReportAxis("rank-1", ReportFormat.FineShare, ReportScale.Logarithmic),
                [.. result.Treatments.Select(one => new ChartBar(one.Treatment.Name, one.Strongest.RankOne, one.Strongest.RankOneMargin))]) { Lines = [chance] },
            Strongest(result),
        ]);
        yield return new ReportSection("Every attack", [Attacks(result), new ReportText(Statistics(settings)), .. AttackerTexts(result)]);
        yield return new ReportSection("Pairs told apart", [
            new ReportText("Verification asks another question: are these two pictures of the same person? The bars show how many true pairs an attacker accepts when he accepts one false pair in a thousand; whoever learns nothing accepts one true pair in a thousand as well."),
            new BarChart(
                "Share of true pairs that the best attacker accepts at one false pair in a thousand", new ReportAxis("true pairs accepted", ReportFormat.FineShare, ReportScale.Logarithmic),
                [.. from one in result.Treatments
                    let best = one.Attacks.Select(attack => attack.At1PerMille).OfType<AcceptedShare>().MaxBy(share => share.Rate)
                    where best is not null
                    select new ChartBar(one.Treatment.Name, best.Rate, best.Margin)]) { Lines = [new ChartLine("chance", 0.001, ChartAxis.Y)] },
        ]);
        yield return new ReportSection("Is a face still found", [.. Detectability(result)]);
        yield return new ReportSection("How much it looks like the original", [.. LikenessBlocks(result)]);
        yield return new ReportSection("Do the networks work here", [Sanity(result)]);
        yield return new ReportSection("What was measured on", [.. Scope(result)]);
    }

    private static ReportTable Strongest(PrivacyResult result) => new(
        "strongest", "The strongest attack on each treatment",
        [
            new("treatment"), new("promise"), new("rank-1", ReportFormat.FineShare, "share of probes found, with its 95 % interval"), new("times chance", ReportFormat.Number, "1 is what guessing gives"),
            new("verdict", ReportFormat.Text, "the worst over all attacks, which need not be that of the one named here"), new("attacker"), new("network"),
        ],
        [.. result.Treatments.Select(one => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(one.Treatment.Name), ReportCell.Of(PrivacySummary.Promise(one)), ReportCell.Of(one.Strongest.RankOne, one.Strongest.RankOneMargin), ReportCell.Of(one.Strongest.TimesChance),
            ReportCell.Of(PrivacySummary.Words(one.Verdict)) with { Tone = Tone(one) }, ReportCell.Of(one.Strongest.Attacker), ReportCell.Of(one.Strongest.Network.Length > 0 ? one.Strongest.Network : "none"),
        ])]);

    private static ReportTone Tone(TreatmentPrivacy one) => one.Treatment.IsOriginal ? ReportTone.Plain : one.Verdict switch
    {
        HidingVerdict.AtChance => ReportTone.Good,
        HidingVerdict.Undecided or HidingVerdict.NearChance => ReportTone.Doubtful,
        _ => ReportTone.Bad,
    };

    private static ReportTable Attacks(PrivacyResult result) => new(
        "attacks", "Every attacker against every treatment",
        [
            new("treatment"), new("attacker"), new("network"), new("rank-1", ReportFormat.FineShare), new("times chance", ReportFormat.Number),
            new("accepted at 1 %", ReportFormat.FineShare, "true pairs accepted where 1 in 100 false ones is (TAR at FAR 1e-2); chance is 1 %"),
            new("accepted at 0.1 %", ReportFormat.FineShare, "true pairs accepted where 1 in 1,000 false ones is (TAR at FAR 1e-3); chance is 0.1 %"),
            new("equal error", ReportFormat.Share, "where as many true pairs are refused as false ones accepted; chance is 50 %"),
        ],
        [.. from one in result.Treatments
            from attack in one.Attacks
            select (IReadOnlyList<ReportCell>)
            [
                ReportCell.Of(one.Treatment.Name), ReportCell.Of(attack.Attacker), ReportCell.Of(attack.Network.Length > 0 ? attack.Network : "none"),
                ReportCell.Of(attack.RankOne, attack.RankOneMargin), ReportCell.Of(attack.TimesChance), Cell(attack.At1Percent), Cell(attack.At1PerMille), ReportCell.Of(attack.EqualError),
            ]]);

    private static ReportCell Cell(AcceptedShare? share) => share is null ? ReportCell.Of("too few false pairs") : ReportCell.Of(share.Rate, share.Margin);

    private static string Statistics(PrivacySettings settings) => string.Create(
        CultureInfo.InvariantCulture,
        $"Intervals are 95 % and over people, since pictures of one person are no independent evidence: of rank-1 by the ratio estimator over {settings.Draws} draws of people and pictures (Cochran, 1977), of accepted pairs by drawing people with replacement (Bolle, Ratha and Pankanti, 2004). Tied distances count in parts, so that a treatment that leaves nothing gives exactly chance. With Student's t, and where nobody was named three in as many people as there are, the upper end of what so many failures leave open (Hanley and Lippman-Hand, 1983). A verdict is the worst over all attackers: at chance when no interval misses chance nor reaches above twice chance, undecided when one reaches from chance to above twice chance, which more people would settle. With so many comparisons one in twenty intervals that just miss chance does so by accident.");

    private static IEnumerable<ReportBlock> AttackerTexts(PrivacyResult result)
    {
        foreach (var attacker in AttackerCatalog.All)
        {
            yield return new ReportText($"{attacker.Id}: {attacker.Summary}.");
        }

        var restored = result.Treatments.Where(one => RestorationCatalog.For(one.Treatment) is not null).ToList();
        if (restored.Count > 0)
        {
            yield return new ReportText(
                $"Restoring was run where it is known how: {string.Join("; ", restored.GroupBy(one => RestorationCatalog.For(one.Treatment)!.Summary).Select(group => $"{group.Key} for {Names(group)}"))}. The nearest neighbour in an archive filtered alike is the parrot.");
        }

        var without = result.Treatments.Where(one => !one.Treatment.IsOriginal && RestorationCatalog.For(one.Treatment) is null).ToList();
        if (without.Count > 0)
        {
            yield return new ReportText($"Not run, since nothing there is a blur with a known kernel or a mosaic: restoring {Names(without)}.");
        }
    }

    private static string Names(IEnumerable<TreatmentPrivacy> treatments) => string.Join(", ", treatments.Select(one => one.Treatment.Name));

    private static IEnumerable<ReportBlock> Detectability(PrivacyResult result)
    {
        if (result.Treatments.All(one => one.Found.Count == 0))
        {
            yield return new ReportText("No detector took part.");
            yield break;
        }

        yield return new ReportText(
            "Networks above align every face by the points of the original, the most that an attacker could know. One who has only the anonymized picture must find the face first; where his detector finds none with five points, he has nothing to compare. One picture of each person was looked at."
            + (result.Layout == ArchiveLayout.Aligned ? " The crops were doubled in size and laid on grey, since detectors want something around a face." : "")
            + " How well detectors find faces of each size in originals is measured by 'veil evaluate detection'.");
        yield return new ReportTable(
            "detectability", "How often detectors find a face in treated pictures",
            [new("treatment"), new("detector"), new("found", ReportFormat.Share), new("from", ReportFormat.Share, "lower end of the 95 % interval (Wilson)"), new("to", ReportFormat.Share, "upper end"), new("cannot align", ReportFormat.Count, "pictures without a face with five points: attackers who must align by themselves cannot start"), new("pictures", ReportFormat.Count)],
            [.. from one in result.Treatments
                from hits in one.Found
                select (IReadOnlyList<ReportCell>)
                [
                    ReportCell.Of(one.Treatment.Name), ReportCell.Of(hits.Detector), ReportCell.Of(hits.Share), ReportCell.Of(hits.Low), ReportCell.Of(hits.High), ReportCell.Of(hits.Unalignable), ReportCell.Of(one.Pictures),
                ]]);
    }

    private static IEnumerable<ReportBlock> LikenessBlocks(PrivacyResult result)
    {
        yield return new ReportText(
            "SSIM is the structural similarity of Wang and others (2004) on luma, 1 for the same picture; PSNR comes from the squared error of all channels over all pictures. Inside is what was fully covered; outside nothing may change, and soft edges count as neither. Likeness says little about recognition: faces are recognized at a likeness that looks like nothing."
            + (result.Layout == ArchiveLayout.Aligned ? " Of aligned crops everything is covered but by methods for a part of the face." : ""));
        yield return new ReportTable(
            "likeness", "Likeness to the original inside and outside of what was covered",
            [new("treatment"), new("SSIM inside", ReportFormat.Number), new("PSNR inside, dB", ReportFormat.Number), new("SSIM outside", ReportFormat.Number), new("PSNR outside, dB", ReportFormat.Number), new("pixels inside", ReportFormat.Count), new("pixels outside", ReportFormat.Count)],
            [.. result.Treatments.Where(one => !one.Treatment.IsOriginal).Select(one => (IReadOnlyList<ReportCell>)
            [
                ReportCell.Of(one.Treatment.Name),
                Number(one.Likeness.Inside.Ssim), Decibels(one.Likeness.Inside.Psnr),
                Number(one.Likeness.Outside.Ssim), Decibels(one.Likeness.Outside.Psnr) with { Tone = one.Likeness.Outside.MeanSquaredError > 0 ? ReportTone.Bad : ReportTone.Plain },
                ReportCell.Of(one.Likeness.Inside.Pixels), ReportCell.Of(one.Likeness.Outside.Pixels),
            ])]);
    }

    private static ReportCell Number(double? value) => value is { } known ? ReportCell.Of(known) : ReportCell.Of("none");

    private static ReportCell Decibels(double? psnr) => psnr switch
    {
        null => ReportCell.Of("none"),
        double.PositiveInfinity => ReportCell.Of("identical"),
        { } known => ReportCell.Of(known),
    };

    private static ReportTable Sanity(PrivacyResult result) => new(
        "sanity", "Each network on originals: a network that recognizes nobody there proves nothing",
        [new("network"), new("pairs told rightly", ReportFormat.FineShare, "mean over folds, with its 95 % interval"), new("published", ReportFormat.FineShare), new("allowed below", ReportFormat.FineShare), new("pairs", ReportFormat.Count), new("rank-1", ReportFormat.Share), new("check"), new("in words")],
        [.. result.Sanity.Select(network => (IReadOnlyList<ReportCell>)
        [
            ReportCell.Of(network.Network),
            network.Accuracy is { } accuracy ? ReportCell.Of(accuracy, 1.96 * network.AccuracyError) : ReportCell.Of("no pairs"),
            network.Published is { } published ? ReportCell.Of(published) : ReportCell.Of("none"),
            ReportCell.Of(network.Tolerance), ReportCell.Of(network.Pairs), ReportCell.Of(network.RankOne),
            ReportCell.Of(network.Passed ? "passed" : "failed") with { Tone = network.Passed ? ReportTone.Good : ReportTone.Bad }, ReportCell.Of(network.Explanation),
        ])]);

    private static IEnumerable<ReportBlock> Scope(PrivacyResult result)
    {
        yield return new ReportText(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Pictures} pictures of {result.People} people with two or more; {result.SinglePictures} pictures of people with one alone serve the check of the networks at most. In a draw, {result.DrawnPeople} people have one picture each in the archive and another one is anonymized."));
        yield return new ReportText(result.Layout == ArchiveLayout.Aligned
            ? "The pictures are aligned crops of 112×112 pixels. The whole crop is covered, whatever shape a preset has for whole pictures, unless the method is made for a part of the face; lengths in pixels therefore refer to faces of 112 pixels, and hide less of larger ones. Hair, ears, clothes and places that a photo shows beside the face are not there to be recognized by."
            : "The pictures are photos. The largest face was found in the original by the default detector; it is covered as a run would cover it, and what lies around it shows. Attackers align by the points of the original face, the strongest assumption.");
        if (result.Layout == ArchiveLayout.Aligned)
        {
            yield return new ReportText("All pictures of a treatment share the method's seed and the region's size: nothing but the faces makes results differ, which is the worst case.");
        }

        if (result.NotMeasured.Count > 0)
        {
            yield return new ReportTable(
                "not-measured", "Treatments that were not measured", [new("treatment"), new("reason")],
                [.. result.NotMeasured.Select(one => (IReadOnlyList<ReportCell>)[ReportCell.Of(one.Treatment.Name), ReportCell.Of(one.Reason)])]);
        }

        if (result.LeftOut.Count > 0)
        {
            yield return new ReportText("Left out. " + string.Join("; ", result.LeftOut.GroupBy(one => one.Reason).Select(group => $"{PrivacySummary.Words(group.Key)}: {group.Count()}")) + (result.LeftOut.Count > MostNamed ? $". The first {MostNamed}:" : "."));
            yield return new ReportTable(
                "left-out", "Pictures that were not measured", [new("picture"), new("reason")],
                [.. result.LeftOut.Take(MostNamed).Select(one => (IReadOnlyList<ReportCell>)[ReportCell.Of(one.Name), ReportCell.Of(one.Explanation)])]);
        }
    }
}
