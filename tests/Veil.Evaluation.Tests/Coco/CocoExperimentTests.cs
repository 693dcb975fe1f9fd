using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Coco;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Coco;

public sealed class CocoExperimentTests : IDisposable
{
    private static readonly AnonymizerCatalog Methods = new(new MethodEngines { Stickers = _ => new PixelBuffer(1, 1, PixelFormat.Rgba32) });
    private readonly TemporaryFolder _folder = new();
    private int _looks;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_method_hides_is_lost_and_what_it_leaves_is_found()
    {
        var result = Run(Comparison(["solid"], RegionKind.Body, RegionKind.Face));
        Assert.Equal(["original", "solid", "solid"], result.Rows.Select(row => row.Treatment));
        Assert.Equal((4, 4), (result.Pictures, result.Objects));
        Assert.Equal(1, result.Original.Precision!.Value.Value, 12);
        Assert.Equal((0.0, 4), (result.Rows[1].Precision!.Value.Value, result.Rows[1].Regions));
        Assert.Equal((-1.0, true), (Math.Round(result.Rows[1].Difference!.Value.Value, 12), result.Rows[1].Difference!.Value.ExcludesZero));
        Assert.Equal((1.0, 0), (Math.Round(result.Rows[2].Precision!.Value.Value, 12), result.Rows[2].Regions));
        Assert.Null(result.Original.Difference);
    }

    [Fact]
    public void A_picture_without_regions_is_looked_at_once()
    {
        Run(Comparison(["solid", "veil"], RegionKind.Body, RegionKind.Face));
        Assert.Equal(4 * 3, _looks);
    }

    [Fact]
    public void An_interrupted_experiment_goes_on_where_it_was()
    {
        var file = Path.Combine(_folder.FullPath, "measured.jsonl");
        using var source = new CancellationTokenSource();
        using (var journal = MeasurementJournal.Open(file, "a"))
        {
            Assert.Throws<OperationCanceledException>(() => CocoExperiment.Run(
                Task(Pictures()), Comparison(["solid", "veil"], RegionKind.Body), journal, new Told(progress => Cancel(source, progress.Done >= 5)), source.Token));
        }

        var before = _looks;
        using var again = MeasurementJournal.Open(file, "a");
        var result = CocoExperiment.Run(Task(Pictures()), Comparison(["solid", "veil"], RegionKind.Body), again);
        Assert.Equal((5, 12), (before, _looks));
        Assert.Equal(Run(Comparison(["solid", "veil"], RegionKind.Body)).Rows, result.Rows);

        static void Cancel(CancellationTokenSource source, bool now)
        {
            if (now)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public void Pictures_that_cannot_be_used_are_left_out_everywhere_and_named()
    {
        var pictures = Pictures();
        CocoRegions regions = (picture, image, kind, cancel) => picture.Name == "1" ? throw new VeilException(VeilErrorCode.InvalidDataset, "another size") : Regions(picture, image, kind, cancel);
        using var journal = MeasurementJournal.InMemory();
        var task = Task([.. pictures, pictures[0] with { Name = "broken", File = "broken" }]);
        var result = CocoExperiment.Run(task, new CocoComparison([RegionKind.Body], regions, TreatmentList.Parse(["solid"], Methods)), journal);
        Assert.Equal([("1", "another size"), ("broken", "cut off")], result.LeftOut.Select(left => (left.Name, left.Reason)));
        Assert.Equal((3, 3, 3), (result.Pictures, result.Objects, result.Rows[1].Regions));
    }

    [Fact]
    public void Methods_that_are_not_for_a_kind_or_fail_say_so_and_the_others_go_on()
    {
        var result = Run(Comparison(["eyes", "swap", "solid"], RegionKind.Face, RegionKind.Body), faces: true);
        Assert.Equal(
            [CocoRowState.Measured, CocoRowState.Measured, CocoRowState.Failed, CocoRowState.Measured, CocoRowState.Unsuited, CocoRowState.Unsuited, CocoRowState.Measured],
            result.Rows.Select(row => row.State));
        Assert.StartsWith("0: ", result.Rows[2].Reason, StringComparison.Ordinal);
        Assert.Equal("made for faces", result.Rows[4].Reason);
        Assert.Null(result.Rows[2].Accuracy);
        Assert.Contains("made for faces", Assert.Throws<VeilException>(() => Run(Comparison(["eyes"], RegionKind.Body))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_measure_is_an_error_that_says_what_is_missing()
    {
        var pictures = Pictures();
        Assert.Contains("name none", Fails([]), StringComparison.Ordinal);
        Assert.Contains("cut off", Fails([pictures[0] with { File = "broken" }]), StringComparison.Ordinal);
        Assert.Contains("nothing to find", Fails([.. pictures.Select(picture => picture with { Truths = [new CocoTruth(100, CocoTruthKind.Crowd)] })]), StringComparison.Ordinal);

        string Fails(IReadOnlyList<CocoPicture> without)
        {
            using var journal = MeasurementJournal.InMemory();
            var error = Assert.Throws<VeilException>(() => CocoExperiment.Run(Task(without), CocoComparison.OriginalOnly, journal));
            Assert.Equal(VeilErrorCode.InvalidGroundTruth, error.Code);
            return error.Message;
        }
    }

    [Fact]
    public void The_report_has_a_row_and_a_bar_for_each_and_can_be_written()
    {
        var result = Run(Comparison(["eyes", "solid"], RegionKind.Body));
        var provenance = new Provenance("veil evaluate", new Dictionary<string, string>(), [], [], MachineDescription.Current(), DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1));
        var report = new CocoReport("Title", "boxes", ["How."]).Create(result, provenance);
        ReportWriter.Write(report, result.ToJson(), new DirectoryInfo(_folder.FullPath));
        Assert.Equal(3, report.Tables().First().Rows.Count);
        Assert.Equal([1], report.Sections.SelectMany(section => section.Blocks).OfType<BarChart>().Select(chart => chart.Bars.Count));
        Assert.Contains("made for faces", report.Tables().First().Rows[1][3].Text, StringComparison.Ordinal);
        Assert.Contains("\"unsuited\"", result.ToJson().GetRawText().ToLowerInvariant(), StringComparison.Ordinal);
        Assert.Contains(report.Summary, sentence => sentence.Contains("solid", StringComparison.Ordinal));
    }

    private static CocoComparison Comparison(string[] methods, params RegionKind[] kinds) => new(kinds, Regions, TreatmentList.Parse(methods, Methods));

    /// <summary>Four pictures with a white square each; the network finds white squares.</summary>
    private static CocoPicture[] Pictures() => [.. Enumerable.Range(0, 4).Select(i => new CocoPicture($"{i}", $"{i}", [new CocoTruth(1600)]))];

    private static IReadOnlyList<Region> Regions(CocoPicture picture, PixelBuffer image, RegionKind kind, CancellationToken cancel) =>
        kind == RegionKind.Face ? [] : [new Region(new Box(20, 20, 60, 60), kind, 1, new RegionOrigin(RegionSource.Annotation))];

    private CocoResult Run(CocoComparison comparison, bool faces = false)
    {
        using var journal = MeasurementJournal.InMemory();
        return CocoExperiment.Run(
            Task(Pictures()), faces ? comparison with { Regions = (_, _, kind, _) => [new Region(new Box(20, 20, 60, 60), kind, 1, new RegionOrigin(RegionSource.Annotation))] } : comparison, journal);
    }

    private CocoTask Task(IReadOnlyList<CocoPicture> pictures) => new(CocoProtocol.Objects, pictures, Decode, Find);

    private static PixelBuffer Decode(string file)
    {
        if (file == "broken")
        {
            throw new VeilException(VeilErrorCode.CorruptInput, "cut off");
        }

        var image = new PixelBuffer(80, 80, PixelFormat.Rgb24);
        for (var y = 20; y < 60; y++)
        {
            image.Row(y)[60..180].Fill(255);
        }

        return image;
    }

    private IReadOnlyList<CocoFinding> Find(CocoPicture picture, PixelBuffer image, CancellationToken cancel)
    {
        _looks++;
        return image.Row(40)[120] == 255 ? [new CocoFinding(0.9, 1600, [.. picture.Truths.Select(_ => 1.0)])] : [];
    }

    private sealed class Told(Action<WorkProgress> tell) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => tell(value);
    }
}
