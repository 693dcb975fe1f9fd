using Veil.Anonymization;
using Veil.Evaluation.Frontier;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Regions;
using Veil.Tests.Reports;

namespace Veil.Tests.Frontier;

public sealed class FrontierTests
{
    private static readonly AnonymizerCatalog Catalog = new(new MethodEngines { Stickers = _ => new PixelBuffer(1, 1, PixelFormat.Rgba32) });
    private static readonly AnonymizerDescriptor Method = Catalog.All.First(method => method.Strengths.Count > 1);

    [Fact]
    public void The_front_is_what_nothing_beats_and_goes_from_private_to_useful()
    {
        FrontierPoint[] points = [Original(), Point("a", 0.10, 0.9), Point("b", 0.01, 0.5), Point("beaten", 0.10, 0.8), Point("c", 0.50, 0.95), Point("also", 0.02, 0.5)];

        Assert.Equal(["b", "a", "c"], Names(ParetoFront.Of(points)));
    }

    [Fact]
    public void Of_equals_all_are_on_the_front()
    {
        FrontierPoint[] points = [Point("one", 0.1, 0.9), Point("two", 0.1, 0.9)];

        Assert.Equal(["one", "two"], Names(ParetoFront.Of(points)));
    }

    [Fact]
    public void A_point_that_ties_on_one_axis_and_loses_on_the_other_is_beaten()
    {
        Assert.Equal(["more"], Names(ParetoFront.Of([Point("less", 0.1, 0.8), Point("more", 0.1, 0.9)])));
        Assert.Equal(["safer"], Names(ParetoFront.Of([Point("riskier", 0.2, 0.9), Point("safer", 0.1, 0.9)])));
    }

    [Fact]
    public void The_front_agrees_with_its_definition()
    {
        var random = new Random(1);
        for (var round = 0; round < 50; round++)
        {
            var points = Enumerable.Range(0, 30).Select(i => Point($"p{i}", random.Next(8) / 8.0, random.Next(8) / 8.0)).ToList();
            var expected = points.Where(one => !points.Any(other => other != one
                && other.Reidentification!.Value.Value <= one.Reidentification!.Value.Value && other.Utility!.Value.Value >= one.Utility!.Value.Value
                && (other.Reidentification.Value.Value != one.Reidentification.Value.Value || other.Utility.Value.Value != one.Utility.Value.Value)));

            Assert.Equal(Names(expected).Order(), Names(ParetoFront.Of(points)).Order());
        }
    }

    [Fact]
    public void What_lacks_a_measurement_is_neither_on_the_front_nor_recommended()
    {
        FrontierPoint[] points = [Point("whole", 0.5, 0.5), Point("no utility", 0.0, null), Point("no privacy", null, 1.0), Point("nothing", null, null)];

        Assert.Equal(["whole"], Names(ParetoFront.Of(points)));
        Assert.Equal("whole", Recommendation.For(points, new FrontierTarget { MinUtility = 0.1 }).Best!.Treatment.Name);
        Assert.Null(Recommendation.For(points, new FrontierTarget { MinUtility = 0.9 }).Best);
    }

    [Fact]
    public void The_worse_end_of_the_interval_counts()
    {
        FrontierPoint[] points = [Point("estimate", 0.009, 0.95, margin: 0.002), Point("shown", 0.007, 0.85, margin: 0.002)];

        Assert.Equal("shown", Recommendation.For(points, new FrontierTarget { MaxReidentification = 0.01 }).Best!.Treatment.Name);
        Assert.Equal("estimate", Recommendation.For(points, new FrontierTarget { MaxReidentification = 0.02 }).Best!.Treatment.Name);
        Assert.Null(Recommendation.For(points, new FrontierTarget { MinUtility = 0.95 }).Best);
    }

    [Fact]
    public void With_utility_asked_for_alone_the_most_private_is_taken()
    {
        FrontierPoint[] points = [Original(), Point("useful", 0.5, 0.99), Point("private", 0.1, 0.92), Point("useless", 0.0, 0.2)];

        Assert.Equal("private", Recommendation.For(points, new FrontierTarget { MinUtility = 0.9 }).Best!.Treatment.Name);
    }

    [Fact]
    public void With_both_asked_for_both_must_hold_and_the_closest_are_named_otherwise()
    {
        FrontierPoint[] points = [Point("hides", 0.005, 0.5), Point("hides less well", 0.008, 0.6), Point("keeps", 0.3, 0.99)];
        var advice = Recommendation.For(points, new FrontierTarget { MaxReidentification = 0.01, MinUtility = 0.9 });

        Assert.Null(advice.Best);
        Assert.Equal(["hides less well", "keeps"], Names(advice.Closest));
    }

    [Fact]
    public void Without_a_target_what_is_at_chance_is_looked_for()
    {
        FrontierPoint[] points = [Point("above", 0.01, 0.99), Point("chance", 0.004, 0.7) with { IsAtChance = true }, Point("chance too", 0.004, 0.8) with { IsAtChance = true }];

        Assert.Equal("chance too", Recommendation.For(points, new FrontierTarget()).Best!.Treatment.Name);
    }

    [Fact]
    public void Of_equals_the_first_named_is_recommended() =>
        Assert.Equal("first", Recommendation.For([Point("first", 0.1, 0.9), Point("second", 0.1, 0.9)], new FrontierTarget { MaxReidentification = 0.5 }).Best!.Treatment.Name);

    [Fact]
    public void The_original_is_never_recommended() =>
        Assert.Null(Recommendation.For([Original()], new FrontierTarget { MinUtility = 0.5, MaxReidentification = 1 }).Best);

    [Fact]
    public void Joining_keeps_every_treatment_and_says_what_is_missing()
    {
        var (a, b, c) = (Named("a"), Named("b"), Named("c"));
        var privacy = Privacy(isSane: true, [Measured(Treatment.Original, 0.98), Measured(a, 0.004), Measured(b, 0.5)], [(c, "it wants several people")]);
        var utility = new FrontierUtility("accuracy", "how", "90 %", new Dictionary<string, (MeasuredShare?, string)>
        {
            ["original"] = (new MeasuredShare(1, 1, 1), ""), ["a"] = (MeasuredShare.Of(0.8, 0.02), ""), ["b"] = (null, "x.jpg: it failed"), ["c"] = (MeasuredShare.Of(0.7, 0.02), ""),
        });
        var result = FrontierResult.Join([Treatment.Original, a, b, c], privacy, utility, new FrontierTarget { MaxReidentification = 0.01 });

        Assert.Equal(["original", "a", "b", "c"], Names(result.Points));
        Assert.Equal(["a"], Names(result.Front));
        Assert.Equal("a", result.Advice.Best!.Treatment.Name);
        Assert.Equal("utility: x.jpg: it failed", result.Points[2].Missing);
        Assert.Equal("privacy: it wants several people", result.Points[3].Missing);
        Assert.Equal(0.004, result.Chance, 3);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Nothing_is_recommended_where_the_check_of_a_network_failed()
    {
        var a = Named("a");
        var result = FrontierResult.Join([Treatment.Original, a], Privacy(isSane: false, [Measured(a, 0.0)], []), Utility("a"), new FrontierTarget { MaxReidentification = 0.5 });

        Assert.Null(result.Advice.Best);
        Assert.NotEmpty(result.Warnings);
    }

    [Fact]
    public void A_target_below_guessing_is_said_to_need_more_people()
    {
        var a = Named("a");
        var result = FrontierResult.Join([a], Privacy(isSane: true, [Measured(a, 0.004)], []), Utility("a"), new FrontierTarget { MaxReidentification = 0.001 });

        Assert.Contains("about 2,000 people with two pictures each, and FACES has 250", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("veil anonymize IN -o OUT --method gaussian --set sigma=0.1", "gaussian:sigma=0.1")]
    [InlineData("veil anonymize IN -o OUT --method solid --set 'color=#102030'", "solid:color=#102030")]
    [InlineData("veil anonymize IN -o OUT --method veil", "veil")]
    [InlineData("veil anonymize IN -o OUT --preset face-replace/blur", "face-replace/blur")]
    public void The_recommendation_is_a_command(string expected, string word) =>
        Assert.Equal(expected, FrontierReport.Command(TreatmentList.Parse([word], Catalog)[1], FrontierCoverage.AsRuns));

    [Theory]
    [InlineData("veil anonymize IN -o OUT --method solid --shape box", "solid", ArchiveLayout.Aligned)]
    [InlineData("veil anonymize IN -o OUT --method eyes", "eyes", ArchiveLayout.Aligned)]
    [InlineData("veil anonymize IN -o OUT --method solid --find faces,plates", "solid", ArchiveLayout.Photos, RegionKind.Face, RegionKind.Plate)]
    [InlineData("veil anonymize IN -o OUT --method solid --find faces,plates --shape faces=box", "solid", ArchiveLayout.Aligned, RegionKind.Face, RegionKind.Plate)]
    [InlineData("veil anonymize IN -o OUT --method solid --find image", "solid", ArchiveLayout.Aligned, RegionKind.Image)]
    public void The_command_covers_what_was_measured(string expected, string word, ArchiveLayout layout, params RegionKind[] asked) =>
        Assert.Equal(expected, FrontierReport.Command(TreatmentList.Parse([word], Catalog)[1], new FrontierCoverage(layout, asked, asked)));

    [Fact]
    public void In_what_the_command_differs_is_said_beside_it()
    {
        var a = TreatmentList.Parse(["solid"], Catalog)[1];
        var utility = Utility(a.Name) with { Covered = [RegionKind.Image] };
        var result = FrontierResult.Join([a], Privacy(isSane: true, [Measured(a, 0.004)], []), utility, new FrontierTarget { MaxReidentification = 0.5 });
        var texts = FrontierReport.Of(result, utility, [], [], SampleReport.Origin("veil")).Sections[0].Blocks.OfType<ReportText>().Select(block => block.Text).ToList();

        Assert.Contains(texts, text => text.StartsWith("Re-identification was measured on crops of faces, all of which was covered.", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("Utility was measured with whole pictures anonymized", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_undecided_is_never_taken_for_chance()
    {
        var a = Named("a");
        var wide = new TreatmentPrivacy(a, [new AttackResult("naive", "sface", 0.004, 0.008, 0.004, null, null, 0.5)], [], default!, 10);
        var result = FrontierResult.Join([a], Privacy(isSane: true, [wide], []), Utility("a"), new FrontierTarget());

        Assert.False(result.Points[0].IsAtChance);
        Assert.Null(result.Advice.Best);
    }

    [Fact]
    public void The_worst_of_all_attacks_decides_what_is_at_chance()
    {
        var a = Named("a");
        var measured = new TreatmentPrivacy(
            a, [new AttackResult("parrot", "sface", 0.0050, 0.0005, 0.004, null, null, 0.5), new AttackResult("naive", "sface", 0.0052, 0.0022, 0.004, null, null, 0.5)], [], default!, 10);
        var result = FrontierResult.Join([a], Privacy(isSane: true, [measured], []), Utility("a"), new FrontierTarget());

        Assert.Equal("naive sface", result.Points[0].Attack);
        Assert.False(result.Points[0].IsAtChance);
    }

    [Fact]
    public void The_report_says_plainly_when_nothing_holds_the_target()
    {
        var a = Named("a");
        var result = FrontierResult.Join([Treatment.Original, a], Privacy(isSane: true, [Measured(Treatment.Original, 0.98), Measured(a, 0.3)], []), Utility("a"), new FrontierTarget { MaxReidentification = 0.01 });
        var report = FrontierReport.Of(result, Utility("a"), [], [], SampleReport.Origin("veil evaluate frontier"));

        Assert.StartsWith("No treatment measured here is shown to hold re-identification of at most 1 %", report.Summary[0], StringComparison.Ordinal);
        Assert.DoesNotContain(report.Sections[0].Blocks, block => block is ReportCode);
    }

    [Fact]
    public void The_report_is_written_with_the_recommended_command_first()
    {
        using var folder = new TemporaryFolder();
        var treatments = TreatmentList.Parse(["gaussian:*"], Catalog);
        var privacy = Privacy(isSane: true, [.. treatments.Select((treatment, i) => Measured(treatment, treatment.IsOriginal ? 0.98 : 0.004 * (i + 1)))], []);
        var utility = new FrontierUtility("accuracy", "how", "90 %", treatments.Select((treatment, i) => (treatment, i)).ToDictionary(one => one.treatment.Name, one => ((MeasuredShare?)MeasuredShare.Of(0.5 + (0.1 * one.i), 0.01), "")));
        var result = FrontierResult.Join(treatments, privacy, utility, new FrontierTarget { MaxReidentification = 0.02 });
        ReportWriter.Write(FrontierReport.Of(result, utility, [], [], SampleReport.Origin("veil")), FrontierRecord.Of(result), new DirectoryInfo(folder.FullPath));

        Assert.Equal(FrontierReport.Command(result.Advice.Best!.Treatment, result.Coverage), ((ReportCode)FrontierReport.Of(result, utility, [], [], SampleReport.Origin("veil")).Sections[0].Blocks[1]).Text);
        Assert.Contains("frontier.csv", folder.Files());
    }

    private static IEnumerable<string> Names(IEnumerable<FrontierPoint> points) => points.Select(point => point.Treatment.Name);

    private static FrontierPoint Original() => new(Treatment.Original, MeasuredShare.Of(0, 0), MeasuredShare.Of(1, 0));

    private static Treatment Named(string name) => new(name, Method, Method.Defaults);

    private static FrontierPoint Point(string name, double? reidentification, double? utility, double margin = 0) =>
        new(Named(name), reidentification is { } found ? MeasuredShare.Of(found, margin) : null, utility is { } left ? MeasuredShare.Of(left, margin) : null);

    private static FrontierUtility Utility(string name) => new("accuracy", "how", "90 %", new Dictionary<string, (MeasuredShare?, string)> { [name] = (MeasuredShare.Of(0.9, 0.01), "") });

    private static TreatmentPrivacy Measured(Treatment treatment, double rankOne) =>
        new(treatment, [new AttackResult("naive", "sface", rankOne, 0.002, 0.004, null, null, 0.5), new AttackResult("parrot", "sface", rankOne / 2, 0.001, 0.004, null, null, 0.5)], [], default!, 10);

    private static PrivacyResult Privacy(bool isSane, IReadOnlyList<TreatmentPrivacy> measured, IReadOnlyList<(Treatment, string)> not) => new(
        ArchiveLayout.Aligned, 500, 250, 0, 250, [new NetworkSanity("sface", 0.99, 0.001, 6000, 0.996, 0.01, 0.98, isSane, "The network was checked.")], measured, not, []);
}
