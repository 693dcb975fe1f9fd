using Veil.Anonymization;
using Veil.Detection;
using Veil.Errors;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Privacy;

public sealed class PrivacyExperimentTests : IDisposable
{
    private static readonly AnonymizerCatalog Catalog = new(new MethodEngines { Stickers = _ => new PixelBuffer(8, 8, PixelFormat.Rgba32) });
    private static readonly FaceArchive Archive = DrawnPeople.Archive(people: 12, pictures: 3);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Originals_are_recognized_and_one_colour_is_exactly_at_chance()
    {
        var result = Measure(["solid", "gaussian:sigma=0.02"]);
        Assert.True(result.IsSane);
        Assert.Equal((36, 12, 12, 1 / 12.0), (result.Pictures, result.People, result.DrawnPeople, result.Chance));
        var (original, solid, weak) = (result.Treatments[0], result.Treatments[1], result.Treatments[2]);
        Assert.Equal(1, original.Strongest.RankOne, 6);
        Assert.Equal(HidingVerdict.Recognized, original.Verdict);
        Assert.Equal(HidingVerdict.Undecided, solid.Verdict); // Twelve people are too few to tell guessing from twice as good.
        Assert.Equal(1, solid.Attacks.First(attack => attack is { Attacker: "parrot", Network: "blobs" }).TimesChance, 6);
        Assert.Equal(HidingVerdict.Recognized, weak.Verdict);
        Assert.Equal(["naive", "parrot", "restore", "restore-parrot", "pixels"], weak.Attacks.Select(attack => attack.Attacker));
        Assert.Equal(["naive", "parrot", "pixels"], solid.Attacks.Select(attack => attack.Attacker));
        Assert.Equal(["naive", "pixels"], original.Attacks.Select(attack => attack.Attacker));
        Assert.Equal((12, 112L * 112 * 12, 0L), (solid.Pictures, solid.Likeness.Inside.Pixels, solid.Likeness.Outside.Pixels));
        Assert.Equal(double.PositiveInfinity, original.Likeness.Outside.Psnr);
    }

    [Fact]
    public void A_detector_looks_at_one_picture_of_each_person_laid_on_grey()
    {
        var settings = Settings() with { Detectors = [new ProbeDetector("bright", () => new BrightSpot())] };
        var result = PrivacyExperiment.Run(Archive, Parse(["solid:color=#ffffff", "solid:color=#000000"]), settings, MeasurementJournal.InMemory(), null, CancellationToken.None);
        var (white, black) = (result.Treatments[1].Found.Single(), result.Treatments[2].Found.Single());
        Assert.Equal((1.0, 0.0), (white.Share, black.Share));
        Assert.Equal((12, 12), (white.Unalignable, black.Unalignable));

        // Wilson's interval for 12 of 12.
        Assert.Equal(12 / (12 + (1.96 * 1.96)), white.Low, 9);
        Assert.Equal(1, white.High, 9);
    }

    [Fact]
    public void What_was_measured_is_not_measured_again()
    {
        using (var journal = MeasurementJournal.Open(_folder["journal"], "same"))
        {
            PrivacyExperiment.Run(Archive, Parse(["solid", "veil"]), Settings(), journal, null, CancellationToken.None);
        }

        var asked = 0;
        var settings = Settings(picture =>
        {
            Interlocked.Increment(ref asked);
            return DrawnPeople.Embed(picture);
        });
        var steps = new Steps();
        using var again = MeasurementJournal.Open(_folder["journal"], "same");
        var first = PrivacyExperiment.Run(Archive, Parse(["solid", "veil"]), settings, again, steps, CancellationToken.None);
        Assert.Equal(0, asked);
        Assert.Empty(steps.Names);
        var second = PrivacyExperiment.Run(Archive, Parse(["solid", "veil", "box"]), settings, again, steps, CancellationToken.None);
        Assert.NotEqual(0, asked);
        Assert.Equal(["original", "box"], steps.Names);
        Assert.Equal(first.Treatments[1].Attacks, second.Treatments[1].Attacks);
    }

    [Fact]
    public void Interrupted_between_pictures_it_keeps_what_is_complete()
    {
        using var stop = new CancellationTokenSource();
        using var journal = MeasurementJournal.InMemory();
        var settings = Settings() with { Threads = 1 };
        Assert.ThrowsAny<OperationCanceledException>(() => PrivacyExperiment.Run(Archive, Parse(["solid", "veil"]), settings, journal, new Stopping(stop, "veil"), stop.Token));
        var kept = journal.Count;
        Assert.True(kept > 0);
        var result = PrivacyExperiment.Run(Archive, Parse(["solid", "veil"]), settings, journal, null, CancellationToken.None);
        Assert.Equal(3, result.Treatments.Count);
        Assert.True(journal.Count > kept);
    }

    [Fact]
    public void A_network_that_recognizes_nobody_breaks_the_measurement()
    {
        var calls = 0;
        var result = PrivacyExperiment.Run(
            Archive, Parse(["solid"]), Settings(_ => FaceEmbedding.Of([(Interlocked.Increment(ref calls) * 37) % 11, (calls * 17) % 13, 1])), MeasurementJournal.InMemory(), null, CancellationToken.None);
        Assert.False(result.IsSane);
        Assert.Contains("broken", Assert.Single(PrivacyReport.Warnings(result)), StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_are_compared_with_the_published_accuracy()
    {
        IReadOnlyList<FacePair> fold = [.. from first in Enumerable.Range(0, 36) from second in Enumerable.Range(0, 36) where first < second && (first + second) % 5 == 0 select new FacePair(first, second, first / 3 == second / 3)];
        var archive = Archive with { Folds = [fold, fold] };
        foreach (var (published, sane) in new[] { (0.99, true), (1.5, false) })
        {
            var settings = Settings() with { Networks = [Settings().Networks[0] with { PublishedAccuracy = published }] };
            var check = PrivacyExperiment.Run(archive, [], settings, MeasurementJournal.InMemory(), null, CancellationToken.None).Sanity.Single();
            Assert.Equal((sane, 2 * fold.Count), (check.Passed, check.Pairs));
            Assert.Equal(1, check.Accuracy!.Value, 2);
        }
    }

    [Fact]
    public void The_check_by_pairs_is_shown_as_it_goes_and_kept_when_interrupted()
    {
        IReadOnlyList<FacePair> fold = [.. Enumerable.Range(0, 18).Select(pair => new FacePair(2 * pair, (2 * pair) + 1, 2 * pair / 3 == ((2 * pair) + 1) / 3))];
        var archive = Archive with { Folds = [fold, fold] };
        using var stop = new CancellationTokenSource();
        using var journal = MeasurementJournal.InMemory();
        Assert.ThrowsAny<OperationCanceledException>(() => PrivacyExperiment.Run(archive, [], Settings() with { Threads = 1 }, journal, new Stopping(stop, "original"), stop.Token));
        Assert.Equal(1, journal.Count);
        var steps = new Steps();
        PrivacyExperiment.Run(archive, [], Settings(), journal, steps, CancellationToken.None);
        Assert.Equal(["original"], steps.Names);
        PrivacyExperiment.Run(archive, [], Settings(), MeasurementJournal.InMemory(), steps, CancellationToken.None);
        Assert.Equal(["original", "pairs of originals, blobs"], steps.Names);
    }

    [Fact]
    public void Another_landmarker_is_another_measurement_of_what_wants_points_alone()
    {
        var journal = MeasurementJournal.InMemory();
        var treatments = Parse(["solid", "eyes"]);
        PrivacyExperiment.Run(Archive, treatments, Settings(), journal, null, CancellationToken.None);
        var steps = new Steps();
        PrivacyExperiment.Run(Archive, treatments, Settings() with { Landmarker = "other" }, journal, steps, CancellationToken.None);
        Assert.Equal(["original", "eyes"], steps.Names);
    }

    [Fact]
    public void A_changed_file_of_the_users_is_another_treatment()
    {
        File.WriteAllText(_folder["cover.png"], "one");
        var image = Parse([$"image:picture={_folder["cover.png"]}"])[1];
        var first = TreatmentIdentity.Of(image);
        Assert.Equal(first, TreatmentIdentity.Of(image));
        File.WriteAllText(_folder["cover.png"], "two");
        Assert.NotEqual(first, TreatmentIdentity.Of(image));
        File.Delete(_folder["cover.png"]);
        Assert.EndsWith("absent", TreatmentIdentity.Of(image), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_an_answer_is_no_attacker_and_no_crash()
    {
        var result = PrivacyExperiment.Run(Archive, Parse(["solid"]), Settings(_ => null), MeasurementJournal.InMemory(), null, CancellationToken.None);
        Assert.Equal(0, result.Treatments[1].Attacks[0].RankOne);
        Assert.False(result.IsSane);
    }

    [Fact]
    public void What_cannot_be_measured_on_single_faces_is_named_with_the_reason()
    {
        var result = Measure(["face-replace/swap", "deepprivacy2/gaussian-body", "inpaint"]);
        Assert.Equal(["original"], result.Treatments.Select(one => one.Treatment.Name));
        Assert.Equal(["face-replace/swap", "deepprivacy2/gaussian-body", "inpaint"], result.NotMeasured.Select(one => one.Treatment.Name));
        Assert.All(result.NotMeasured, one => Assert.NotEmpty(one.Reason));
    }

    [Fact]
    public void Too_few_people_are_counted_in_the_error()
    {
        var archive = DrawnPeople.Archive(3, 1) with { LeftOut = [new LeftOutPicture("3/1.jpg", LeftOutReason.Unreadable, "it is broken")] };
        var error = Assert.Throws<VeilException>(() => PrivacyExperiment.Run(archive, [], Settings(), MeasurementJournal.InMemory(), null, CancellationToken.None));
        Assert.Equal(VeilErrorCode.InvalidGroundTruth, error.Code);
        Assert.Contains("but received 0: 3 usable pictures of 3 people, 1 left out, e.g. 3/1.jpg", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_network_is_told_as_it_is() => Assert.Equal(
        VeilErrorCode.DetectionFailed,
        Assert.Throws<VeilException>(() => PrivacyExperiment.Run(
            Archive, [], Settings(_ => throw new VeilException(VeilErrorCode.DetectionFailed, "no")), MeasurementJournal.InMemory(), null, CancellationToken.None)).Code);

    [Fact]
    public void In_photos_what_lies_around_the_region_shows()
    {
        var faces = Archive.Faces.Select(face => face with { Region = face.Region with { Box = new Box(36, 36, 76, 76) }, Alignment = FaceAlignment.Of(FaceAlignment.Points) }).ToList();
        var result = PrivacyExperiment.Run(new FaceArchive(ArchiveLayout.Photos, faces, [], []), Parse(["solid"]), Settings(), MeasurementJournal.InMemory(), null, CancellationToken.None);
        var solid = result.Treatments[1];
        Assert.True(solid.Likeness.Inside.Pixels > 0 && solid.Likeness.Outside.Pixels > solid.Likeness.Inside.Pixels);
        Assert.Equal(double.PositiveInfinity, solid.Likeness.Outside.Psnr);
        Assert.Equal(HidingVerdict.Recognized, solid.Verdict);
    }

    [Fact]
    public void The_report_holds_together_and_every_format_can_be_written()
    {
        var settings = Settings() with { Detectors = [new ProbeDetector("bright", () => new BrightSpot())] };
        var archive = Archive with { LeftOut = [new LeftOutPicture("x/1.jpg", LeftOutReason.NoFace, "no face")] };
        var result = PrivacyExperiment.Run(archive, Parse(["solid", "face-replace/blur", "face-replace/swap", "eyes"]), settings, MeasurementJournal.InMemory(), null, CancellationToken.None);
        var provenance = new Provenance("veil evaluate privacy x", new Dictionary<string, string>(), [], [], MachineDescription.Current(), DateTimeOffset.UnixEpoch, TimeSpan.Zero);
        var report = PrivacyReport.Of(result, settings, provenance);
        ReportWriter.Write(report, result.ToJson(), new DirectoryInfo(_folder["report"]));
        Assert.Equal(["strongest", "attacks", "detectability", "likeness", "sanity", "not-measured", "left-out"], report.Tables().Select(table => table.Id));
        Assert.Contains(report.Summary, sentence => sentence.Contains("1 of the 1 presets", StringComparison.Ordinal));
        Assert.Empty(report.Warnings);
    }

    private static PrivacyResult Measure(string[] methods) => PrivacyExperiment.Run(Archive, Parse(methods), Settings(), MeasurementJournal.InMemory(), null, CancellationToken.None);

    private static IReadOnlyList<Treatment> Parse(string[] methods) => TreatmentList.Parse(methods, Catalog);

    private static PrivacySettings Settings(FaceEmbed? embed = null) => new()
    {
        Networks = [new RecognitionNetwork("blobs", "Blobs", "0", embed ?? DrawnPeople.Embed, null, "")],
        Draws = 20,
        Threads = 2,
    };

    private sealed class Steps : IProgress<WorkProgress>
    {
        private readonly List<string> _names = [];

        public IReadOnlyList<string> Names => [.. _names.Distinct()];

        public void Report(WorkProgress value)
        {
            lock (_names)
            {
                _names.Add(value.Step);
            }
        }
    }

    private sealed class Stopping(CancellationTokenSource source, string at) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Step == at)
            {
                source.Cancel();
            }
        }
    }

    /// <summary>Finds one face, without points, where the middle of the picture is bright.</summary>
    private sealed class BrightSpot : IRegionDetector
    {
        public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken) => image.Row(image.Height / 2)[3 * (image.Width / 2)] > 200
            ? [new Region(new Box(image.Width / 4f, image.Height / 4f, image.Width * 3 / 4f, image.Height * 3 / 4f), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector))]
            : [];

        public void Dispose()
        {
        }
    }
}
