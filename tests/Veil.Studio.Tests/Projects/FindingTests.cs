using Veil.Imaging;
using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

public sealed class FindingTests(Workshop workshop) : IClassFixture<Workshop>
{
    [DataFact("synthetic-portraits")]
    public async Task Faces_are_found_shown_and_covered_in_previews()
    {
        workshop.Portraits("shown", 2);
        workshop.Blank("shown/nobody.png");
        var project = await workshop.Projects.CreateAsync("shown", [workshop.Folder["shown"]], default);
        project = await workshop.FindAsync(project.Id);

        Assert.Equal(ProjectStage.Reviewing, project.Stage);
        Assert.All(project.Items, item => Assert.Equal(ItemState.Ready, item.State));
        var (nobody, portrait) = (project.Items.Single(item => item.Name == "nobody.png"), project.Items.Single(item => item.Name == "portrait-000.jpg"));
        Assert.Equal(DoubtReason.NothingFound, Assert.Single(nobody.Doubts).Reason);
        Assert.True(nobody.Doubtfulness > portrait.Doubtfulness);
        Assert.Equal((512, 512, 1, 1), (portrait.Width, portrait.Height, portrait.Frames, portrait.Regions));

        var regions = await workshop.Views.RegionsAsync(project.Id, portrait.Id, default);
        var face = Assert.Single(Assert.Single(regions!.Frames).Regions);
        var original = Decode(await workshop.Views.OriginalAsync(project.Id, portrait.Id, 0, 0, default));
        var result = Decode(await workshop.Views.ResultAsync(project.Id, portrait.Id, 0, 0, null, default));
        Assert.True(Difference(original, result, face.Region.Box) > 10);
        Assert.Equal(256, Decode(await workshop.Views.OriginalAsync(project.Id, portrait.Id, 0, 256, default)).Width);

        // Left clear by hand, the preview shows the original.
        await workshop.Views.SaveAsync(project.Id, portrait.Id, regions with { Frames = [regions.Frames[0] with { Regions = [face with { Cover = CoverChoice.ClearByHand }] }] }, default);
        var edited = workshop.Projects.Find(project.Id)!.Find(portrait.Id)!;
        Assert.Equal((portrait.Revision + 1, 0), (edited.Revision, edited.Regions));
        Assert.Contains(edited.Doubts, doubt => doubt.Reason == DoubtReason.SomebodyClear);
        Assert.Equal(0, Difference(original, Decode(await workshop.Views.ResultAsync(project.Id, portrait.Id, 0, 0, null, default)), face.Region.Box));
    }

    [DataFact("synthetic-portraits")]
    public async Task Other_settings_can_be_tried_before_anything_was_found()
    {
        var project = await workshop.Projects.CreateAsync("tried", [workshop.Portraits("tried", 1)], default);
        var item = project.Items[0].Id;
        var solid = new AnonymizerSettings { Treatments = [new KindTreatment(RegionKind.Face) { Method = "solid" }] };
        var original = Decode(await workshop.Views.OriginalAsync(project.Id, item, 0, 0, default));
        var tried = Decode(await workshop.Views.ResultAsync(project.Id, item, 0, 0, solid, default));
        Assert.True(Difference(original, tried, new Box(200, 200, 312, 312)) > 30);
        Assert.Null(await workshop.Views.RegionsAsync(project.Id, item, default));
    }

    [DataFact("synthetic-portraits")]
    public async Task What_was_drawn_and_left_clear_by_hand_stays_when_found_again()
    {
        var project = await workshop.Projects.CreateAsync("again", [workshop.Portraits("again", 1)], default);
        await workshop.FindAsync(project.Id);
        var found = await workshop.Views.RegionsAsync(project.Id, "000001", default);
        var drawn = new ReviewedRegion(99, new Region(new Box(2, 2, 40, 30), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)), CoverChoice.Covered);
        await workshop.Views.SaveAsync(project.Id, "000001", found! with { Frames = [found.Frames[0] with { Regions = [found.Frames[0].Regions[0] with { Cover = CoverChoice.ClearByHand }, drawn] }] }, default);
        workshop.Projects.Change(project.Id, before => before with { Settings = before.Settings with { Detection = before.Settings.Detection with { Threshold = 0.4f } } });

        await workshop.FindAsync(project.Id);

        var again = (await workshop.Views.RegionsAsync(project.Id, "000001", default))!.Frames[0].Regions;
        Assert.Contains(again, region => region.Cover == CoverChoice.ClearByHand);
        Assert.Contains(again, region => region.Region.Box == drawn.Region.Box && region.Cover == CoverChoice.Covered);
        Assert.Equal(again.Count, again.Select(region => region.Id).Distinct().Count());
    }

    [DataFact("synthetic-portraits")]
    public async Task A_run_that_the_end_of_the_studio_cut_short_goes_on_with_what_is_left()
    {
        var project = await workshop.Projects.CreateAsync("cut", [workshop.Portraits("cut", 8)], default);
        workshop.Runs.StartFinding(project.Id);
        await Eventually.TrueAsync(() => workshop.Projects.Find(project.Id)!.Items.Any(item => item.State == ItemState.Ready));
        await workshop.RestartAsync();
        var done = workshop.Projects.Find(project.Id)!.Items.Where(item => item is { State: ItemState.Ready, Revision: > 0 }).ToDictionary(item => item.Id, item => item.Revision);

        var after = await workshop.IdleAsync(project.Id);

        Assert.All(after.Items, item => Assert.Equal(ItemState.Ready, item.State));
        Assert.All(done, one => Assert.Equal(one.Value, after.Find(one.Key)!.Revision));
    }

    [DataFact("synthetic-portraits")]
    public async Task A_paused_run_rests_also_over_a_restart_and_a_cancelled_one_is_gone()
    {
        var project = await workshop.Projects.CreateAsync("paused", [workshop.Portraits("paused", 12)], default);
        workshop.Runs.StartFinding(project.Id);
        workshop.Runs.Pause(project.Id);
        await Eventually.TrueAsync(() => workshop.Runs.Find(project.Id) is { State: RunState.Paused });
        await workshop.RestartAsync();
        Assert.Equal(RunState.Paused, workshop.Runs.Find(project.Id)!.State);
        Assert.Contains(workshop.Projects.Find(project.Id)!.Items, item => item.State == ItemState.Waiting);

        workshop.Runs.Resume(project.Id);
        await Eventually.TrueAsync(() => workshop.Runs.Find(project.Id) is null or { State: RunState.Running });
        workshop.Runs.Cancel(project.Id);
        var after = await workshop.IdleAsync(project.Id);
        Assert.NotEqual(ProjectStage.Finding, after.Stage);
        Assert.DoesNotContain(after.Items, item => item.State == ItemState.Working);
        await workshop.RestartAsync();
        Assert.Null(workshop.Runs.Find(project.Id));
    }

    [DataFact("hostile")]
    public async Task Hostile_files_fail_one_by_one_and_never_the_studio()
    {
        var files = Directory.EnumerateFiles(SharedData.Path("hostile"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, index) => index % 9 == 0).Take(45).ToList();
        foreach (var file in files)
        {
            workshop.Folder.Write("hostile/" + Path.GetFileName(Path.GetDirectoryName(file)) + "-" + Path.GetFileName(file), await File.ReadAllBytesAsync(file));
        }

        workshop.Blank("hostile/sound.png");
        var project = await workshop.Projects.CreateAsync("hostile", [workshop.Folder["hostile"]], default);
        project = await workshop.FindAsync(project.Id);

        Assert.Equal(ItemState.Ready, project.Items.Single(item => item.Name == "sound.png").State);
        Assert.All(project.Items, item => Assert.True(item.State is ItemState.Ready or ItemState.Failed));
        Assert.All(project.Items.Where(item => item.State == ItemState.Failed), item => Assert.NotEmpty(item.Error!.Message));

        await workshop.ExportAsync(project.Id, workshop.Folder["hostile-out"]);
        project = workshop.Projects.Find(project.Id)!;
        var there = Directory.EnumerateFiles(workshop.Folder["hostile-out"], "*", SearchOption.AllDirectories).Select(Path.GetFileName).Where(name => !name!.StartsWith('.')).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(project.Items.Where(item => item.State == ItemState.Exported).Select(item => item.Name).Append("veil-report.json").Order(), there.Order());
    }

    private static PixelBuffer Decode(EncodedPicture encoded)
    {
        Assert.Equal("image/jpeg", encoded.ContentType);
        using var picture = Picture.Decode(encoded.Bytes);
        return picture.TakeFrame(0);
    }

    private static double Difference(PixelBuffer a, PixelBuffer b, Box box)
    {
        var (sum, count, area) = (0L, 0, box.ToPixels().Intersect(a.Bounds));
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var one = a.Row(y);
            var other = b.Row(y);
            for (var x = 3 * area.Left; x < 3 * area.Right; x++)
            {
                sum += Math.Abs(one[x] - other[x]);
                count++;
            }
        }

        return (double)sum / count;
    }
}
