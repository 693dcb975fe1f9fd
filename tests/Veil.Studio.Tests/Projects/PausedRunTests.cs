using Veil.Errors;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

public sealed class PausedRunTests(Workshop workshop) : IClassFixture<Workshop>
{
    private const int Frames = 60;
    private static readonly Box Place = new(40, 30, 100, 80);

    [FfmpegFact]
    public async Task A_paused_run_rests_within_a_film_others_go_on_and_it_ends_what_it_had_begun()
    {
        var (first, second) = (await FilmAsync("first"), await FilmAsync("second"));
        var begun = 0;
        workshop.Projects.Changed += Count;
        await PauseWithinAsync(first);
        var resting = workshop.Runs.Find(first)!;
        Assert.Equal((0, 1, "film.mp4"), (resting.Done, resting.Total, resting.Current));
        Assert.InRange(resting.Share, 0, 0.99);
        AssertNothingWritten("first");

        var other = await workshop.ExportAsync(second, Out("second"));
        Assert.Equal(ItemState.Exported, other.Items[0].State);
        Assert.Equal((RunState.Paused, resting.Share), (workshop.Runs.Find(first)!.State, workshop.Runs.Find(first)!.Share));
        Assert.Equal(ItemState.Working, workshop.Projects.Find(first)!.Items[0].State);
        AssertNothingWritten("first");

        workshop.Runs.Resume(first);
        Assert.Equal(ItemState.Exported, (await workshop.IdleAsync(first)).Items[0].State);
        workshop.Projects.Changed -= Count;
        Assert.Equal(1, begun);
        Assert.Equal(Frames, Clip.DecodedFrames(Result("first")));
        Assert.True(IsBlack(Result("first"), Place));

        void Count(string project)
        {
            // Each beginning and each putting back changes the item; this one is begun once and ends once.
            begun += project == first && workshop.Projects.Find(first)!.Items[0].State == ItemState.Ready ? 1 : 0;
        }
    }

    [FfmpegFact]
    public async Task A_resumed_run_waits_until_it_is_its_turn()
    {
        var (first, second) = (await FilmAsync("turn-first"), await FilmAsync("turn-second"));
        await PauseWithinAsync(first);
        using (new HeldProject(workshop.Projects, second))
        {
            workshop.Runs.StartExport(second, new ExportTarget(Out("turn-second"), VerifyOutput.Off));
            await Eventually.TrueAsync(() => workshop.Projects.Find(second)!.Items[0].State == ItemState.Working);
            workshop.Runs.Resume(first);
            Assert.Equal(RunState.Waiting, workshop.Runs.Find(first)!.State);
            Assert.Equal(RunState.Running, workshop.Runs.Find(second)!.State);
        }

        Assert.Equal(ItemState.Exported, (await workshop.IdleAsync(second)).Items[0].State);
        Assert.Equal(ItemState.Exported, (await workshop.IdleAsync(first)).Items[0].State);
    }

    [FfmpegFact]
    public async Task Cancelling_a_run_that_rests_within_a_film_leaves_nothing()
    {
        var project = await FilmAsync("cancelled");
        await PauseWithinAsync(project);
        workshop.Runs.Cancel(project);
        var after = await workshop.IdleAsync(project);
        Assert.Equal((ProjectStage.Reviewing, ItemState.Ready), (after.Stage, after.Items[0].State));
        AssertNothingWritten("cancelled");
        Assert.Empty(Directory.EnumerateFileSystemEntries(workshop.Projects.FolderOf(project, "staging")));
    }

    [FfmpegFact]
    public async Task The_end_of_the_studio_frees_a_run_that_rests_within_a_film_and_the_film_begins_again_after()
    {
        var project = await FilmAsync("ended");
        await PauseWithinAsync(project);
        await workshop.RestartAsync();
        var run = workshop.Runs.Find(project)!;
        Assert.Equal((RunState.Paused, 0, 1, 0, 0.0), (run.State, run.Done, run.Total, run.Failed, run.Share));
        AssertNothingWritten("ended");

        workshop.Runs.Resume(project);
        Assert.Equal(ItemState.Exported, (await workshop.IdleAsync(project)).Items[0].State);
        Assert.Equal(Frames, Clip.DecodedFrames(Result("ended")));
    }

    [FfmpegFact]
    public async Task What_is_edited_while_an_export_rests_within_the_film_is_what_is_written()
    {
        var project = await FilmAsync("edited");
        await PauseWithinAsync(project);
        var moved = new Box(120, 20, 180, 70);
        await workshop.Views.SaveAsync(project, "000001", Regions(moved), default);
        var revision = workshop.Projects.Find(project)!.Items[0].Revision;

        workshop.Runs.Resume(project);
        var item = (await workshop.IdleAsync(project)).Items[0];

        Assert.Equal((ItemState.Exported, revision), (item.State, item.Revision));
        Assert.True(IsBlack(Result("edited"), moved));
        Assert.False(IsBlack(Result("edited"), Place));
    }

    [FfmpegFact]
    public async Task Settings_changed_while_an_export_rests_are_those_of_the_result()
    {
        var project = await FilmAsync("changed");
        await PauseWithinAsync(project);
        workshop.Projects.Change(project, before => before with { Settings = Covered("pixelate") });

        workshop.Runs.Resume(project);
        var after = await workshop.IdleAsync(project);

        Assert.Equal(ItemState.Exported, after.Items[0].State);
        Assert.False(IsBlack(Result("changed"), Place));
        Assert.Equal(Frames, Clip.DecodedFrames(Result("changed")));
    }

    [FfmpegFact]
    public async Task What_was_found_by_other_choices_is_not_exported()
    {
        var project = await FilmAsync("other");
        workshop.Projects.Change(project, before => before with { Items = [before.Items[0] with { FoundBy = FindingKey.Of(before.Settings) }] });
        workshop.Projects.Change(project, before => before with { Settings = before.Settings with { Detection = before.Settings.Detection with { Threshold = 0.2f } } });
        var error = Assert.Throws<VeilException>(() => workshop.Runs.StartExport(project, new ExportTarget(Out("other"), VerifyOutput.Off)));
        Assert.Contains("Find again", error.Hint, StringComparison.Ordinal);
        Assert.Null(workshop.Runs.Find(project));

        workshop.Projects.Change(project, before => before with { Settings = Covered("solid"), Kept = [new KeptPerson([new KeptFace("000001", 0, 0.5, 0.5)])] });
        Assert.Throws<VeilException>(() => workshop.Runs.StartExport(project, new ExportTarget(Out("other"), VerifyOutput.Off)));
    }

    [FfmpegFact]
    public async Task A_run_that_was_paused_before_it_began_says_at_once_how_much_there_is()
    {
        var (first, second) = (await FilmAsync("before-first"), await FilmAsync("before-second"));
        using (new HeldProject(workshop.Projects, first))
        {
            workshop.Runs.StartExport(first, new ExportTarget(Out("before-first"), VerifyOutput.Off));
            workshop.Runs.StartExport(second, new ExportTarget(Out("before-second"), VerifyOutput.Off));
            var waiting = workshop.Runs.Find(second)!;
            Assert.Equal((RunState.Waiting, 0, 1), (waiting.State, waiting.Done, waiting.Total));
            workshop.Runs.Pause(second);
            var paused = workshop.Runs.Find(second)!;
            Assert.Equal((RunState.Paused, 0, 1, 0.0), (paused.State, paused.Done, paused.Total, paused.Share));
        }

        await workshop.IdleAsync(first);
        workshop.Runs.Cancel(second);
    }

    [Fact]
    public async Task After_a_restart_a_paused_run_says_what_was_done_and_what_failed()
    {
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            workshop.Blank($"restarted/{name}.png");
        }

        var project = (await workshop.Projects.CreateAsync("restarted", [workshop.Folder["restarted"]], default)).Id;
        workshop.Projects.Change(project, before => before with
        {
            Stage = ProjectStage.Exporting,
            Items = [.. before.Items.Select((item, index) => item with { State = index switch { 0 => ItemState.Exported, 1 => ItemState.Failed, 2 => ItemState.Working, _ => ItemState.Failed } })],
        });
        workshop.Folder.Write("restarted-out/a.png", [1]);
        new RunRecord(RunWork.Exporting, DateTimeOffset.UtcNow, Paused: true, new ExportTarget(workshop.Folder["restarted-out"], VerifyOutput.Off)) { Items = ["000001", "000002", "000003"] }
            .Write(workshop.Projects.FolderOf(project, "run"));

        await workshop.RestartAsync();

        // What had failed before the export is none of its items.
        var run = workshop.Runs.Find(project)!;
        Assert.Equal((RunState.Paused, 2, 3, 1), (run.State, run.Done, run.Total, run.Failed));
        Assert.Equal(2 / 3.0, run.Share, 6);
        workshop.Runs.Cancel(project);
        Assert.Equal(ItemState.Ready, workshop.Projects.Find(project)!.Find("000003")!.State);
    }

    [DataFact("synthetic-portraits")]
    public async Task Finding_that_is_asked_for_again_while_it_is_paused_goes_on_with_the_new_choices()
    {
        var project = await workshop.Projects.CreateAsync("anew", [workshop.Portraits("anew", 6)], default);
        using (new HeldProject(workshop.Projects, project.Id))
        {
            workshop.Runs.StartFinding(project.Id);
            await Eventually.TrueAsync(() => workshop.Projects.Find(project.Id)!.Items.Any(item => item.State == ItemState.Working));
            workshop.Runs.Pause(project.Id);
            Assert.Equal(RunState.Pausing, workshop.Runs.Find(project.Id)!.State);
        }

        await Eventually.TrueAsync(() => workshop.Runs.Find(project.Id) is { State: RunState.Paused });
        workshop.Projects.Change(project.Id, before => before with { Settings = before.Settings with { Detection = before.Settings.Detection with { Threshold = 0.4f } } });
        workshop.Runs.StartFinding(project.Id);
        var after = await workshop.IdleAsync(project.Id);
        Assert.All(after.Items, item => Assert.Equal((ItemState.Ready, FindingKey.Of(after.Settings)), (item.State, item.FoundBy)));
        Assert.Equal(ProjectStage.Reviewing, after.Stage);
    }

    private static AnonymizerSettings Covered(string method) =>
        new() { Treatments = [new KindTreatment(RegionKind.Face) { Method = method, Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 }] };

    private static ReviewedItem Regions(Box place) => new(192, 108, [.. Enumerable.Range(0, Frames).Select(frame => new ReviewedFrame(
        frame, TimeSpan.FromSeconds(frame / 25.0),
        [new ReviewedRegion(frame + 1, new Region(place, RegionKind.Face, 0.9f, new RegionOrigin(RegionSource.Detector, "test")) { Track = 1 }, CoverChoice.Covered)]))]);

    private static bool IsBlack(string film, Box place)
    {
        var pixels = Clip.Pixels(film, "gray");
        return Enumerable.Range(0, Frames).All(frame => pixels[(((frame * 108) + (int)place.CenterY) * 192) + (int)place.CenterX] < 24);
    }

    /// <summary>A project with a film whose regions are known.</summary>
    private async Task<string> FilmAsync(string name)
    {
        Directory.CreateDirectory(workshop.Folder[name]);
        Clip.Make(workshop.Folder[$"{name}/film.mp4"], $"-f lavfi -i testsrc2=s=192x108:r=25 -frames:v {Frames} -pix_fmt yuv420p");
        var project = (await workshop.Projects.CreateAsync(name, [workshop.Folder[name]], default)).Id;
        workshop.Projects.Change(project, before => before with
        {
            Settings = Covered("solid"),
            Stage = ProjectStage.Reviewing,
            Items = [before.Items[0] with { State = ItemState.Ready, Width = 192, Height = 108, Frames = Frames, FramesPerSecond = 25, Stamp = RunJournal.InputStamp(before.Items[0].Path) }],
        });
        await workshop.Views.SaveAsync(project, "000001", Regions(Place), default);
        return project;
    }

    /// <summary>Begins to export, and pauses: the film rests at the first frame that it reports.</summary>
    private async Task PauseWithinAsync(string project)
    {
        using (new HeldProject(workshop.Projects, project))
        {
            workshop.Runs.StartExport(project, new ExportTarget(Out(workshop.Projects.Find(project)!.Name), VerifyOutput.Off));
            await Eventually.TrueAsync(() => workshop.Projects.Find(project)!.Items[0].State == ItemState.Working);
            workshop.Runs.Pause(project);
            Assert.Equal(RunState.Pausing, workshop.Runs.Find(project)!.State);
        }

        await Eventually.TrueAsync(() => workshop.Runs.Find(project) is { State: RunState.Paused });
        Assert.Equal(ItemState.Working, workshop.Projects.Find(project)!.Items[0].State);
    }

    private string Out(string name) => workshop.Folder[name + "-out"];

    private string Result(string name) => Path.Combine(Out(name), "film.mp4");

    private void AssertNothingWritten(string name) =>
        Assert.All(Directory.EnumerateFiles(Out(name), "*", SearchOption.AllDirectories), file => Assert.Equal(".veil-journal.jsonl", Path.GetFileName(file)));
}
