using Veil.Errors;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Strangers;
using Veil.Evaluation.Tests.Privacy;
using Veil.Identity;
using Veil.Imaging;

namespace Veil.Evaluation.Tests.Strangers;

public sealed class StrangersExperimentTests : IDisposable
{
    private static readonly FaceArchive People = DrawnPeople.Archive(people: 12, pictures: 2);
    private static readonly IReadOnlyList<(string Name, Func<PixelBuffer> Read)> Generated =
        [.. Enumerable.Range(100, 8).Select(person => ($"seed {person}", (Func<PixelBuffer>)(() => DrawnPeople.Draw(person, 1))))];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_measured_is_not_measured_again_and_the_report_is_complete()
    {
        IReadOnlyList<StrangerLikeness> first;
        using (var journal = MeasurementJournal.Open(_folder["journal"], "same"))
        {
            first = StrangersExperiment.Run(People, Generated, [Network(DrawnPeople.Embed)], journal, 2, null, CancellationToken.None);
        }

        using var again = MeasurementJournal.Open(_folder["journal"], "same");
        var second = StrangersExperiment.Run(People, Generated, [Network(_ => throw new InvalidOperationException())], again, 2, null, CancellationToken.None);
        Assert.Equal(first[0].Generated, second[0].Generated);
        Assert.Equal((8, 12), (first[0].Generated.Count, first[0].Strangers.Count));
        var report = StrangersReport.Of(first, new Provenance("veil", new Dictionary<string, string>(), [], [], MachineDescription.Current(), DateTimeOffset.Now, TimeSpan.Zero));
        ReportWriter.Write(report, StrangersExperiment.ToJson(first), new DirectoryInfo(_folder["report"]));
        Assert.Equal(["nearest", "comparison", "pairs"], report.Tables().Select(table => table.Id));
    }

    [Fact]
    public void Somebody_of_the_folder_among_the_generated_is_found()
    {
        var result = StrangersExperiment.Run(
            People, [.. Generated, ("copy", () => DrawnPeople.Draw(3, 0))], [Network(DrawnPeople.Embed)], MeasurementJournal.InMemory(), 2, null, CancellationToken.None).Single();
        Assert.True(result.IsTooNear);
        Assert.Equal("copy", result.Nearest[0].Generated);
    }

    [Fact]
    public void Nobody_to_compare_with_is_an_error()
    {
        Assert.Throws<VeilException>(() => StrangersExperiment.Run(DrawnPeople.Archive(1, 3), Generated, [Network(DrawnPeople.Embed)], MeasurementJournal.InMemory(), 1, null, CancellationToken.None));
        Assert.Throws<VeilException>(() => StrangersExperiment.Run(People, [], [Network(DrawnPeople.Embed)], MeasurementJournal.InMemory(), 1, null, CancellationToken.None));
    }

    private static RecognitionNetwork Network(FaceEmbed embed) => new("blobs", "Blobs", "", embed, null, "") { SamePerson = 0.9 };
}
