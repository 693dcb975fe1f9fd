using Veil.Errors;
using Veil.Studio.Measuring;

namespace Veil.Studio.Tests.Measuring;

public sealed class MeasurementsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Progress_is_told_and_the_report_is_there_in_the_end()
    {
        await using var measurements = new Measurements(_folder["kept"], FakeProgram.Of(_folder, FakeProgram.Works));
        var seen = new List<MeasurementProgress>();
        measurements.Changed += () =>
        {
            lock (seen)
            {
                seen.AddRange(measurements.All.Select(one => one.Progress));
            }
        };
        var started = measurements.Start(Request());
        await Eventually.TrueAsync(() => measurements.Find(started.Id)!.State == MeasurementState.Done);
        lock (seen)
        {
            Assert.Contains(new MeasurementProgress(12, "veil", "about 2 minutes"), seen);
        }

        Assert.NotNull(measurements.FileOf(started.Id, "report.html"));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Assert.Equal(owner, File.GetUnixFileMode(_folder["kept"]));
            Assert.Equal(owner, File.GetUnixFileMode(Path.GetDirectoryName(measurements.FileOf(started.Id, "report.html"))!));
        }
    }

    [Fact]
    public async Task A_failure_is_told_in_the_programs_words()
    {
        await using var measurements = new Measurements(_folder["kept"], FakeProgram.Of(_folder, FakeProgram.Fails));
        var started = measurements.Start(Request());
        await Eventually.TrueAsync(() => measurements.Find(started.Id)!.State == MeasurementState.Failed);
        Assert.Contains("Nobody is in that folder.", measurements.Find(started.Id)!.Said, StringComparison.Ordinal);
        Assert.Null(measurements.FileOf(started.Id, "report.html"));
    }

    [Fact]
    public async Task One_that_is_stopped_goes_on_where_it_was_also_after_a_restart()
    {
        var program = FakeProgram.Of(_folder, FakeProgram.Long);
        string id;
        await using (var measurements = new Measurements(_folder["kept"], program))
        {
            id = measurements.Start(Request()).Id;
            await Eventually.TrueAsync(() => measurements.Find(id)!.Progress.Percent == 40 && Directory.EnumerateFiles(_folder["kept"], "journal", SearchOption.AllDirectories).Any());
            await measurements.StopAsync(id);
            Assert.Equal(MeasurementState.Stopped, measurements.Find(id)!.State);
        }

        await using var later = new Measurements(_folder["kept"], program);
        Assert.Equal(MeasurementState.Stopped, later.All.Single().State);
        later.Resume(id);
        await Eventually.TrueAsync(() => later.Find(id)!.State == MeasurementState.Done);
    }

    [Fact]
    public async Task Only_one_runs_at_a_time_and_one_that_runs_can_be_deleted()
    {
        await using var measurements = new Measurements(_folder["kept"], FakeProgram.Of(_folder, FakeProgram.Long));
        var first = measurements.Start(Request());
        var refused = Assert.Throws<VeilException>(() => measurements.Start(Request()));
        Assert.Contains("Another measurement", refused.Message, StringComparison.Ordinal);
        await measurements.DeleteAsync(first.Id);
        Assert.Empty(measurements.All);
        Assert.Empty(Directory.EnumerateDirectories(_folder["kept"]));
    }

    [Fact]
    public async Task The_studios_end_stops_what_runs()
    {
        var measurements = new Measurements(_folder["kept"], FakeProgram.Of(_folder, FakeProgram.Long));
        var id = measurements.Start(Request()).Id;
        await measurements.DisposeAsync();
        Assert.Equal(MeasurementState.Stopped, measurements.Find(id)!.State);
    }

    [Theory]
    [InlineData("../measurement.json")]
    [InlineData("measurement.json")]
    [InlineData(".veil-measured.jsonl")]
    [InlineData("/etc/passwd")]
    public async Task Only_files_of_reports_are_handed_out(string name)
    {
        await using var measurements = new Measurements(_folder["kept"], FakeProgram.Of(_folder, FakeProgram.Works));
        var started = measurements.Start(Request());
        await Eventually.TrueAsync(() => measurements.Find(started.Id)!.State == MeasurementState.Done);
        Assert.Null(measurements.FileOf(started.Id, name));
        Assert.Null(measurements.FileOf("../" + started.Id, "report.html"));
    }

    [Fact]
    public void Wrong_folders_are_told_in_sentences()
    {
        Assert.Contains("Name the folder of people", Said(""), StringComparison.Ordinal);
        Assert.Contains("whole path", Said("people"), StringComparison.Ordinal);
        Assert.Contains("There is no folder", Said(_folder["nowhere"]), StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["empty/somebody"]);
        Assert.Contains("found 0", Said(_folder["empty"]), StringComparison.Ordinal);

        // The studio's own folder lies in it.
        FakeProgram.People(_folder);
        Assert.Contains("within", Assert.Throws<VeilException>(() => (Request() with { Faces = _folder["people"] }).Check(_folder["people/kept"])).Message, StringComparison.Ordinal);
        var frontier = Request() with { Kind = MeasurementKind.Frontier, Dataset = _folder["empty"] };
        Assert.Contains("'train' and 'test'", Assert.Throws<VeilException>(() => frontier.Check(_folder["kept"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  3 %  original · about 3 minutes left on this machine", 3, "original", "about 3 minutes")]
    [InlineData("100 %  veil: a · b", 100, "veil: a · b", "")]
    [InlineData("  0 %  pairs of originals, sface", 0, "pairs of originals, sface", "")]
    public void Lines_of_progress_are_read(string line, int percent, string step, string left) => Assert.Equal(new MeasurementProgress(percent, step, left), MeasurementProgress.Read(line));

    [Theory]
    [InlineData("veil: 20 %  is not progress")]
    [InlineData("59 pictures of 20 people, aligned crops")]
    [InlineData("")]
    public void Other_lines_are_not(string line) => Assert.Null(MeasurementProgress.Read(line));

    [Fact]
    public void A_quick_look_takes_few_people() =>
        Assert.Equal(["evaluate", "privacy", "/people", "--methods", "veil", "-o", "/report", "--people", "20", "--pictures", "4"],
            new MeasurementRequest(MeasurementKind.Privacy, "/people", null, MeasurementSize.Quick, ["veil"]).Arguments("/report"));

    public void Dispose() => _folder.Dispose();

    private string Said(string faces) => Assert.Throws<VeilException>(() => new MeasurementRequest(MeasurementKind.Privacy, faces, null, MeasurementSize.Quick, ["veil"]).Check(_folder["kept"])).Message;

    private MeasurementRequest Request() => new(MeasurementKind.Privacy, FakeProgram.People(_folder), null, MeasurementSize.Quick, ["veil"]);
}
