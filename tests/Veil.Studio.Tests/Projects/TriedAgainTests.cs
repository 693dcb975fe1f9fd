using Microsoft.Extensions.DependencyInjection;
using Veil.Errors;
using Veil.Studio.Hosting;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

/// <summary>What failed is done again: what failed while finding is found, what failed while exporting is exported, as it was asked for the last time.</summary>
public sealed class TriedAgainTests(Workshop workshop) : IClassFixture<Workshop>
{
    [DataFact("synthetic-portraits")]
    public async Task After_a_full_disk_what_was_not_written_is_exported_again()
    {
        var project = await FoundAsync("full", 3);
        if (!Shell.Run(workshop.Folder.FullPath, "mkdir small && mount -t tmpfs -o size=4m,mode=700 none small"))
        {
            return;
        }

        try
        {
            // Room for the journal alone.
            Shell.Run(workshop.Folder["small"], "mkdir out && head -c 8192 /dev/zero >room && cat /dev/zero >filler 2>/dev/null; rm room");
            project = await workshop.ExportAsync(project.Id, workshop.Folder["small/out"]);
            Assert.All(project.Items, item => Assert.Equal((ItemState.Failed, RunWork.Exporting, nameof(VeilErrorCode.UnwritableOutput)), (item.State, item.Again, item.Error!.Code)));
            Assert.Empty(Directory.EnumerateFiles(workshop.Folder["small/out"], "*.jpg"));

            File.Delete(workshop.Folder["small/filler"]);
            workshop.Runs.StartAgain(project.Id);
            AssertExported(await workshop.IdleAsync(project.Id), workshop.Folder["small/out"]);
        }
        finally
        {
            Shell.Run(workshop.Folder.FullPath, "umount small");
        }
    }

    [DataFact("synthetic-portraits")]
    public async Task After_the_studios_own_disk_was_full_the_run_ends_says_so_and_goes_on_when_asked()
    {
        using var folder = new TemporaryFolder();
        if (!Shell.Run(folder.FullPath, "mkdir data && mount -t tmpfs -o size=16m,mode=700 none data"))
        {
            return;
        }

        try
        {
            await using var server = await StudioServer.StartAsync(new StudioOptions { DataFolder = folder["data"] });
            var (projects, runs) = (server.Services.GetRequiredService<IProjects>(), server.Services.GetRequiredService<ProjectRuns>());
            var project = (await projects.CreateAsync("own", [workshop.Portraits("own", 3)], default)).Id;
            runs.StartFinding(project);
            await Eventually.TrueAsync(() => runs.Find(project) is null);
            using (new HeldProject(projects, project))
            {
                runs.StartExport(project, new ExportTarget(workshop.Folder["own-out"], VerifyOutput.Off));
                await Eventually.TrueAsync(() => projects.Find(project)!.Items.Any(item => item.State == ItemState.Working));
                Shell.Run(folder["data"], "cat /dev/zero >filler 2>/dev/null");
            }

            await Eventually.TrueAsync(() => runs.Find(project) is null);
            Assert.All(projects.Find(project)!.Items, item => Assert.Equal((ItemState.Failed, RunWork.Exporting, nameof(VeilErrorCode.UnwritableOutput)), (item.State, item.Again, item.Error!.Code)));
            Assert.Empty(Directory.EnumerateFiles(workshop.Folder["own-out"], "*.jpg"));

            File.Delete(Path.Combine(folder["data"], "filler"));
            runs.StartAgain(project);
            await Eventually.TrueAsync(() => runs.Find(project) is null);
            AssertExported(projects.Find(project)!, workshop.Folder["own-out"]);
        }
        finally
        {
            Shell.Run(folder.FullPath, "umount data");
        }
    }

    [DataFact("synthetic-portraits")]
    public async Task What_failed_in_each_way_is_done_again_in_that_way_also_after_a_restart()
    {
        var project = await FoundAsync("mixed", 3, broken: true);
        Assert.Equal((ItemState.Failed, RunWork.Finding), Of(project, "broken.jpg"));
        project = await ExportedIntoNothingAsync(project, "mixed-out");
        Assert.Equal(3, project.Items.Count(item => (item.State, item.Again) == (ItemState.Failed, RunWork.Exporting)));
        Assert.Equal((ItemState.Failed, RunWork.Finding), Of(project, "broken.jpg"));
        await workshop.RestartAsync();
        workshop.Folder.Write("mixed/broken.jpg", await File.ReadAllBytesAsync(SharedData.Path("synthetic-portraits", "portrait-005.jpg")));

        workshop.Runs.StartAgain(project.Id);
        project = await workshop.IdleAsync(project.Id);

        Assert.Equal(ProjectStage.Exported, project.Stage);
        Assert.Equal(3, project.Items.Count(item => item.State == ItemState.Exported));
        Assert.Equal(3, Directory.EnumerateFiles(workshop.Folder["mixed-out"], "*.jpg").Count());

        // Found now, and to be looked at before it is exported.
        Assert.Equal(ItemState.Ready, Of(project, "broken.jpg").State);
    }

    [DataFact("synthetic-portraits")]
    public async Task Both_ways_go_on_after_a_restart_in_the_middle()
    {
        var project = await FoundAsync("cut", 2, broken: true);
        project = await ExportedIntoNothingAsync(project, "cut-out");
        using (new HeldProject(workshop.Projects, project.Id))
        {
            workshop.Runs.StartAgain(project.Id);
            await Eventually.TrueAsync(() => workshop.Projects.Find(project.Id)!.Items.Any(item => item.State == ItemState.Working));
            workshop.Runs.Pause(project.Id);
        }

        await workshop.RestartAsync();
        Assert.NotNull(workshop.Runs.Find(project.Id));
        workshop.Runs.Resume(project.Id);
        project = await workshop.IdleAsync(project.Id);
        Assert.Equal(2, project.Items.Count(item => item.State == ItemState.Exported));
        Assert.Equal((ItemState.Failed, RunWork.Finding), Of(project, "broken.jpg"));
    }

    [DataFact("synthetic-portraits")]
    public async Task What_has_changed_since_it_was_found_is_found_again_and_not_exported_unseen()
    {
        var project = await FoundAsync("changed", 2);
        await File.AppendAllTextAsync(workshop.Folder["changed/portrait-001.jpg"], "changed");
        project = await workshop.ExportAsync(project.Id, workshop.Folder["changed-out"]);
        Assert.Equal((ItemState.Failed, RunWork.Finding), Of(project, "portrait-001.jpg"));

        workshop.Runs.StartAgain(project.Id);
        project = await workshop.IdleAsync(project.Id);

        Assert.Equal(ItemState.Ready, Of(project, "portrait-001.jpg").State);
        Assert.False(File.Exists(workshop.Folder["changed-out/portrait-001.jpg"]));
    }

    [DataFact("synthetic-portraits")]
    public async Task What_is_chosen_anew_is_found_before_it_is_exported()
    {
        var project = await ExportedIntoNothingAsync(await FoundAsync("anew", 2), "anew-out");
        workshop.Projects.Change(project.Id, before => before with { Settings = before.Settings with { Detection = before.Settings.Detection with { Threshold = 0.4f } } });
        workshop.Runs.StartAgain(project.Id);
        project = await workshop.IdleAsync(project.Id);
        Assert.All(project.Items, item => Assert.Equal(ItemState.Ready, item.State));
        Assert.False(Directory.Exists(workshop.Folder["anew-out"]));
    }

    [DataFact("synthetic-portraits")]
    public async Task Results_are_checked_again_where_they_were_to_be_and_go_elsewhere_when_asked()
    {
        var project = await ExportedIntoNothingAsync(await FoundAsync("checked", 1), "checked-out", VerifyOutput.Check);
        Assert.Equal(VerifyOutput.Check, project.ExportedWith);
        await workshop.RestartAsync();
        workshop.Runs.StartAgain(project.Id);
        AssertExported(await workshop.IdleAsync(project.Id), workshop.Folder["checked-out"]);
        Assert.True(ExportMedia.HasVerification(workshop.Projects, project.Id));

        project = await ExportedIntoNothingAsync(await FoundAsync("elsewhere", 1), "elsewhere-out");
        AssertExported(await workshop.ExportAsync(project.Id, workshop.Folder["elsewhere-other"]), workshop.Folder["elsewhere-other"]);
    }

    [DataFact("synthetic-portraits")]
    public async Task What_a_check_refused_is_not_written_unchecked_with_the_others()
    {
        var project = await FoundAsync("refused", 2);
        workshop.Projects.ChangeItem(project.Id, project.Items[1].Id, item => item with { State = ItemState.Failed, Again = RunWork.Exporting, Findings = ["a face is to be seen"] });
        project = await workshop.ExportAsync(project.Id, workshop.Folder["refused-out"]);
        Assert.Equal([ItemState.Exported, ItemState.Failed], project.Items.Select(item => item.State));
        Assert.Single(Directory.EnumerateFiles(workshop.Folder["refused-out"], "*.jpg"));
    }

    private static (ItemState State, RunWork Again) Of(Project project, string name)
    {
        var item = project.Items.Single(item => item.Name == name);
        return (item.State, item.Again);
    }

    private static void AssertExported(Project project, string folder)
    {
        Assert.Equal((ProjectStage.Exported, folder), (project.Stage, project.ExportedTo));
        Assert.All(project.Items, item => Assert.Equal((ItemState.Exported, (string?)null), (item.State, item.Error?.Message)));
        Assert.Equal(project.Items.Count, Directory.EnumerateFiles(folder, "*.jpg").Count());
    }

    private async Task<Project> FoundAsync(string folder, int portraits, bool broken = false)
    {
        workshop.Portraits(folder, portraits);
        if (broken)
        {
            workshop.Folder.Write(folder + "/broken.jpg", (await File.ReadAllBytesAsync(SharedData.Path("synthetic-portraits", "portrait-000.jpg"))).AsSpan(0, 4000));
        }

        var project = await workshop.Projects.CreateAsync(folder, [workshop.Folder[folder]], default);
        return await workshop.FindAsync(project.Id);
    }

    /// <summary>Exports into a folder that goes away meanwhile, and is back afterwards.</summary>
    private async Task<Project> ExportedIntoNothingAsync(Project project, string folder, VerifyOutput verify = VerifyOutput.Off)
    {
        using (new HeldProject(workshop.Projects, project.Id))
        {
            workshop.Runs.StartExport(project.Id, new ExportTarget(workshop.Folder[folder], verify));
            await Eventually.TrueAsync(() => workshop.Projects.Find(project.Id)!.Items.Any(item => item.State == ItemState.Working));
            Directory.Delete(workshop.Folder[folder], recursive: true);
            workshop.Folder.Write(folder, "in the way"u8);
        }

        project = await workshop.IdleAsync(project.Id);
        File.Delete(workshop.Folder[folder]);
        return project;
    }
}
