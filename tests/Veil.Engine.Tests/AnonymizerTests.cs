using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Engine.Tests;

public sealed class AnonymizerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("veil-engine-").FullName;

    private string Output => Path.Combine(_folder, "out.png");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [DataFact("synthetic-portraits")]
    public void A_picture_is_covered_where_a_face_is_found()
    {
        using var anonymizer = Anonymizer.Create(new AnonymizerSettings { Treatments = [new KindTreatment(RegionKind.Face) { Method = "solid" }] });
        var portrait = Portrait();

        var result = anonymizer.Anonymize(portrait, Output).EnsureDone();

        Assert.Equal(1, result.RegionCount);
        var face = Assert.Single(Assert.Single(result.Frames).Regions).Box;
        using var written = PictureFile.Open(Output);
        using var pixels = written.TakeFrame(0);
        var middle = pixels.Row((int)((face.Top + face.Bottom) / 2)).Slice((int)((face.Left + face.Right) / 2) * 3, 3).ToArray();
        Assert.Equal([0, 0, 0], middle);
    }

    [DataFact("synthetic-portraits")]
    public void Regions_that_were_found_can_be_edited_and_applied()
    {
        using var anonymizer = Anonymizer.Create();
        var portrait = Portrait();
        var found = anonymizer.Find(portrait).EnsureDone();
        var nobody = new RegionTimeline("any name", found.Info!.Width, found.Info.Height, [new FrameRegions(0, TimeSpan.Zero, [])]);

        anonymizer.Apply(portrait, nobody, Output).EnsureDone();

        using var original = PictureFile.Open(portrait);
        using var written = PictureFile.Open(Output);
        using var before = original.TakeFrame(0);
        using var after = written.TakeFrame(0);
        Assert.Equal(before.Row(256).ToArray(), after.Row(256).ToArray());
    }

    [Fact]
    public void A_failed_input_leaves_nothing_and_says_why()
    {
        using var anonymizer = Anonymizer.Create();
        var broken = Path.Combine(_folder, "broken.png");
        File.WriteAllBytes(broken, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

        var result = anonymizer.Anonymize(broken, Output);

        Assert.Equal(ItemStatus.Failed, result.Status);
        Assert.Throws<VeilException>(() => result.EnsureDone());
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public void The_input_is_never_replaced()
    {
        using var anonymizer = Anonymizer.Create(new AnonymizerSettings { Existing = OverwritePolicy.Replace });
        var file = Path.Combine(_folder, "a.png");
        File.WriteAllBytes(file, [1]);

        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => anonymizer.Anonymize(file, Path.Combine(_folder, ".", "a.png"))).Code);
    }

    [DataFact("synthetic-portraits")]
    public async Task A_folder_is_mirrored_with_a_report_and_goes_on_where_it_was()
    {
        var (input, output) = (Path.Combine(_folder, "in"), Path.Combine(_folder, "results"));
        Directory.CreateDirectory(Path.Combine(input, "sub"));
        File.Copy(Portrait(), Path.Combine(input, "a.jpg"));
        File.Copy(Portrait(), Path.Combine(input, "sub", "b.jpg"));
        using var anonymizer = Anonymizer.Create();

        var counts = await anonymizer.AnonymizeFolderAsync(input, output);
        var again = await anonymizer.AnonymizeFolderAsync(input, output);

        Assert.Equal((2, 0, 2), (counts.Done, counts.Failed, counts.Regions));
        Assert.Equal((0, 2), (again.Done, again.AlreadyDone));
        Assert.True(File.Exists(Path.Combine(output, "sub", "b.jpg")));
        Assert.Contains("\"veil-report\"", await File.ReadAllTextAsync(Path.Combine(output, "veil-report.json")), StringComparison.Ordinal);
    }

    [DataFact("synthetic-portraits")]
    public void A_picture_in_memory_is_anonymized_in_place()
    {
        using var anonymizer = Anonymizer.Create();
        using var picture = PictureFile.Open(Portrait());
        using var pixels = picture.TakeFrame(0);
        var before = pixels.Row(256).ToArray();

        var found = anonymizer.Anonymize(pixels);

        Assert.Single(found);
        Assert.NotEqual(before, pixels.Row(256).ToArray());
    }

    [Theory]
    [InlineData(SyntheticEngine.Bank)]
    [InlineData(SyntheticEngine.Inpainter)]
    public void Where_people_are_removed_whole_no_network_of_faces_takes_part(SyntheticEngine engine)
    {
        var removed = new SyntheticOptions { Engine = engine, Bodies = SyntheticBody.Removed };
        using var bodies = Anonymizer.Create(new AnonymizerSettings { Treatments = [new KindTreatment(RegionKind.Body) { Method = "synthetic", Options = removed }] });

        Assert.Contains("migan", bodies.Models.Select(model => model.Id));
        Assert.DoesNotContain("face-inpainter", bodies.Models.Select(model => model.Id));
        Assert.DoesNotContain("progan-128", bodies.Models.Select(model => model.Id));
    }

    private static string Portrait() => Directory.EnumerateFiles(SharedData.Path("synthetic-portraits"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
}
