using System.Numerics;
using Veil.Anonymization;
using Veil.Detection;
using Veil.Errors;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Realism;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Tests.Privacy;
using Veil.Evaluation.Treatments;
using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Realism;

public sealed class RealismExperimentTests : IDisposable
{
    private static readonly AnonymizerCatalog Catalog = new(new MethodEngines { Stickers = _ => new PixelBuffer(8, 8, PixelFormat.Rgba32) });
    private static readonly Box Place = new(8, 8, 104, 104);
    private static readonly IReadOnlyList<RealismPicture> Pictures =
        [.. Enumerable.Range(0, 24).Select(person => new RealismPicture($"{person}.png", person, [Face()], () => DrawnPeople.Draw(person, 1)))];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Originals_are_found_and_are_themselves_and_one_colour_is_nobody()
    {
        var result = Measure(["solid", "gaussian:sigma=0.02"]);
        Assert.Equal((24, 24, 24), (result.Pictures, result.Faces, result.Groups));
        var (original, solid, weak) = (result.Treatments[0], result.Treatments[1], result.Treatments[2]);
        Assert.Equal((1.0, 1.0, 0.0), (original.Found[0].Again.Share, original.Landmarks.Plausible.Share, original.Landmarks.Median));
        Assert.Equal((1.0, 24), (original.Likeness.SameAsOwn.Share, original.Likeness.NearestIsOwn.Count));
        Assert.Equal((0, 24), (solid.Found[0].Again.Count, solid.Found[0].Again.Of));
        Assert.Equal((0, 24), (solid.Landmarks.Plausible.Count, solid.Landmarks.Plausible.Of));
        Assert.True(double.IsNaN(solid.Landmarks.Median));
        Assert.True(weak.Likeness.Own > solid.Likeness.Own + 0.3, $"{weak.Likeness} {solid.Likeness}");
        Assert.True(solid.Likeness.NearestIsOwn.Count < 24);
        var distances = result.Treatments.Select(one => result.Above(one, "blobs")!.Value.Difference).ToList();
        Assert.Equal(0, distances[0]);
        Assert.True(distances[1] > Math.Max(0, distances[2]), string.Join(' ', distances));
    }

    [Fact]
    public void Only_faces_that_a_detector_finds_in_the_original_count()
    {
        var half = 0;
        var settings = Settings() with
        {
            Threads = 1,
            Detectors = [new ProbeDetector("contrast", () => new Contrast()), new ProbeDetector("every other", () => new Always(() => half++ % 2 == 0))],
        };
        var result = RealismExperiment.Run(Pictures, [], Parse(["solid"]), settings, MeasurementJournal.InMemory(), null, CancellationToken.None);
        Assert.Equal((24, 12), (result.Treatments[0].Found[0].Again.Of, result.Treatments[0].Found[1].Again.Of));
        Assert.Equal((0, 12), (result.Treatments[1].Found[0].Again.Count, result.Treatments[1].Found[1].Again.Count));
    }

    [Fact]
    public void A_face_found_elsewhere_is_another_one()
    {
        var settings = Settings() with { Detectors = [new ProbeDetector("elsewhere", () => new Always(() => true, new Box(60, 60, 160, 160)))] };
        var result = RealismExperiment.Run(Pictures, [], [], settings, MeasurementJournal.InMemory(), null, CancellationToken.None);
        Assert.Equal(0, result.Treatments[0].Found[0].Again.Of);
    }

    [Fact]
    public void What_was_measured_is_not_measured_again()
    {
        RealismResult first;
        using (var journal = MeasurementJournal.Open(_folder["journal"], "same"))
        {
            first = RealismExperiment.Run(Pictures, [], Parse(["solid", "veil"]), Settings(), journal, null, CancellationToken.None);
        }

        var asked = 0;
        var settings = Settings() with
        {
            Recognition = Settings().Recognition with
            {
                Embed = picture =>
                {
                    Interlocked.Increment(ref asked);
                    return DrawnPeople.Embed(picture);
                },
            },
        };
        using var again = MeasurementJournal.Open(_folder["journal"], "same");
        var second = RealismExperiment.Run(Pictures, [], Parse(["solid", "veil"]), settings, again, null, CancellationToken.None);
        Assert.Equal(0, asked);
        Assert.Equal(first.Treatments.Select(one => one.Likeness), second.Treatments.Select(one => one.Likeness));
        Assert.Equal(first.Treatments.Select(one => one.Landmarks), second.Treatments.Select(one => one.Landmarks));
        RealismExperiment.Run(Pictures, [], Parse(["solid", "veil", "box"]), settings, again, null, CancellationToken.None);
        Assert.NotEqual(0, asked);
    }

    [Fact]
    public void What_cannot_be_measured_is_named_with_the_reason_and_the_others_are_measured()
    {
        var result = Measure(["swap", "inpaint", "solid"]);
        Assert.Equal(["original", "solid"], result.Treatments.Select(one => one.Treatment.Name));
        Assert.Equal(["swap", "inpaint"], result.NotMeasured.Select(one => one.Treatment.Name));
        Assert.Contains("24 of 24 pictures have one alone", result.NotMeasured[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_people_are_an_error_and_a_few_get_no_distances()
    {
        var error = Assert.Throws<VeilException>(() => RealismExperiment.Run(
            [Pictures[0]], [new LeftOutPicture("x.jpg", LeftOutReason.NoFace, "no face is found")], [], Settings(), MeasurementJournal.InMemory(), null, CancellationToken.None));
        Assert.Contains("no face is found", error.Message, StringComparison.Ordinal);
        var few = RealismExperiment.Run([.. Pictures.Take(3)], [], [], Settings(), MeasurementJournal.InMemory(), null, CancellationToken.None);
        Assert.Empty(few.Treatments[0].Distances);
    }

    [Fact]
    public void The_report_has_every_treatment_in_every_table()
    {
        var result = Measure(["solid", "swap"]);
        var report = RealismReport.Of(result, Settings(), new Provenance("veil", new Dictionary<string, string>(), [], [], MachineDescription.Current(), DateTimeOffset.Now, TimeSpan.Zero));
        Assert.Equal(["redetection", "landmarks", "distances", "likeness", "not-measured"], report.Tables().Select(table => table.Id));
        Assert.All(report.Tables().Take(4), table => Assert.Equal(2, table.Rows.Count));
        ReportWriter.Write(report, result.ToJson(), new DirectoryInfo(_folder["report"]));
        Assert.True(File.Exists(Path.Combine(_folder["report"], "report.html")));
    }

    private static Region Face() => new(Place, RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector)) { Landmarks = FaceAlignment.Points };

    private static RealismResult Measure(string[] methods) => RealismExperiment.Run(Pictures, [], Parse(methods), Settings(), MeasurementJournal.InMemory(), null, CancellationToken.None);

    private static IReadOnlyList<Treatment> Parse(string[] words) => TreatmentList.Parse(words, Catalog);

    private static RealismSettings Settings() => new()
    {
        Detectors = [new ProbeDetector("contrast", () => new Contrast())],
        Landmarker = new ProbeLandmarker("box", () => new BoxPoints()),
        Recognition = new RecognitionNetwork("blobs", "Blobs", "", DrawnPeople.Embed, null, "") { SamePerson = 0.363 },
        Features = [new FeatureNetwork("blobs", "Blobs", "", FeatureView.Aligned, picture => DrawnPeople.Embed(picture)?.ToArray())],
        Threads = 2,
    };

    /// <summary>Finds the place where the picture is not of one colour.</summary>
    private sealed class Contrast : IRegionDetector
    {
        public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
        {
            var colours = new HashSet<byte>();
            for (var y = 16; y < 96; y++)
            {
                for (var x = 16; x < 96; x++)
                {
                    colours.Add(image.Row(y)[3 * x]);
                }
            }

            return colours.Count > 1 ? [Face()] : [];
        }

        public void Dispose()
        {
        }
    }

    private sealed class Always(Func<bool> finds, Box? box = null) : IRegionDetector
    {
        public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken) => finds() ? [Face() with { Box = box ?? Place }] : [];

        public void Dispose()
        {
        }
    }

    /// <summary>Points that fill the box.</summary>
    private sealed class BoxPoints : IFaceLandmarker
    {
        public FacePoints? Locate(PixelBuffer image, Region face) => new(
            FacePointLayout.MediaPipe478,
            [.. Enumerable.Range(0, FacePoints.CountOf(FacePointLayout.MediaPipe478)).Select(index => new Vector2(
                face.Box.CenterX + (face.Box.Width / 2 * MathF.Cos(index)), face.Box.CenterY + (face.Box.Height / 2 * MathF.Sin(index))))]);

        public void Dispose()
        {
        }
    }
}
