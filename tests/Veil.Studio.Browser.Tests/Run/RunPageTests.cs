using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Run;

[Collection(StudioBrowser.Collection)]
public sealed class RunPageTests(StudioBrowser browser)
{
    [RunFact]
    public Task Pictures_are_found_exported_to_a_folder_and_reports_are_one_click_away() => browser.VisitAsync(async visit =>
    {
        var project = await ProjectAsync(visit, 3);
        await visit.GoAsync($"/projects/{project}/run");
        await visit.ShotAsync("run-before");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Find and cover" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Ready to export" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Failed: 1" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Review", Exact = true })).ToBeVisibleAsync();

        // Originals' own folder is refused in words.
        await StudioVisit.WriteAsync(visit.Page.GetByLabel("Folder", new() { Exact = true }), visit.Folder["in"]);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Export results (3)" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("holds originals");
        await visit.ShotAsync("run-refused");

        await StudioVisit.WriteAsync(visit.Page.GetByLabel("Folder", new() { Exact = true }), visit.Folder["out"]);
        await visit.Page.GetByText("Check", new() { Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Export results (3)" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Done" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("What was not covered")).ToBeVisibleAsync();
        await visit.ShotAsync("run-done");
        Assert.True(File.Exists(visit.Folder["out/portrait-000.jpg"]));
        Assert.False(File.Exists(visit.Folder["out/broken.jpg"]));

        var report = await visit.Page.RunAndWaitForPopupAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Verification report" }).ClickAsync());
        await Expect(report.GetByRole(AriaRole.Heading, new() { Name = "Verification of anonymized files" })).ToBeVisibleAsync();
        await report.CloseAsync();
    });

    [RunFact]
    public Task A_zip_is_downloaded() => browser.VisitAsync(async visit =>
    {
        var project = await ProjectAsync(visit, 1);
        await visit.GoAsync($"/projects/{project}/run");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Find and cover" }).ClickAsync();
        await visit.Page.GetByText("As a zip file").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Export results (1)" }).ClickAsync();
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Download zip" }).ClickAsync());
        await download.SaveAsAsync(visit.Folder["got.zip"]);
        await using var zip = await ZipFile.OpenReadAsync(visit.Folder["got.zip"]);
        Assert.Equal(["portrait-000.jpg", "veil-report.json"], zip.Entries.Select(entry => entry.FullName));
    });

    [RunFact]
    public Task What_could_not_be_written_is_written_again_and_what_could_not_be_read_is_read_again() => browser.VisitAsync(async visit =>
    {
        var project = await ProjectAsync(visit, 2);
        var projects = visit.Server.Services.GetRequiredService<IProjects>();
        await visit.GoAsync($"/projects/{project}/run");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Find and cover" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Failed: 1" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("People are looked for again in 1 file.")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Folder", new() { Exact = true }).FillAsync(visit.Folder["out"]);
        await visit.Page.GetByLabel("Folder", new() { Exact = true }).BlurAsync();
        using (var held = new HeldWork(projects))
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Export results (2)" }).ClickAsync();
            await Eventually.TrueAsync(() => projects.Find(project)!.Items.Any(item => item.State == ItemState.Working));

            // The folder goes away while it is written to, and something that is none takes its place.
            Directory.Delete(visit.Folder["out"], recursive: true);
            visit.Folder.Write("out", "in the way"u8);
        }

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Failed: 3" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText($"2 files are exported again to {visit.Folder["out"]}.")).ToBeVisibleAsync();
        await visit.ShotAsync("run-again");

        // Nothing is begun as long as nothing can be written there.
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try them again" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is a file");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Failed: 3" })).ToBeVisibleAsync();

        File.Delete(visit.Folder["out"]);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try them again" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Done" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Results written: 2 · failed: 1" })).ToBeVisibleAsync();
        Assert.Equal(["portrait-000.jpg", "portrait-001.jpg"], Directory.EnumerateFiles(visit.Folder["out"], "*.jpg").Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // What is broken cannot be found; mended, it is.
        visit.Folder.Write("in/broken.jpg", await File.ReadAllBytesAsync(SharedData.Path("synthetic-portraits", "portrait-002.jpg")));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try them again" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Export results (3)" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try them again" })).ToHaveCountAsync(0);
    });

    [RunFact]
    public Task A_run_can_be_paused_seen_in_the_queue_and_cancelled_in_a_narrow_dark_window() => browser.VisitAsync(
        async visit =>
        {
            var project = await ProjectAsync(visit, 4);
            using var held = new HeldWork(visit.Server.Services.GetRequiredService<IProjects>());
            await visit.GoAsync($"/projects/{project}/run");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Find and cover" }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
            held.Release();
            await Expect(visit.Page.GetByText("Paused", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuetext", new System.Text.RegularExpressions.Regex("of 5 done"));
            await visit.ShotAsync("run-paused-narrow-dark");
            await visit.GoAsync("/queue");
            await visit.ShotAsync("queue-narrow-dark");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
            await Expect(visit.Page.GetByText("Nothing is under way.")).ToBeVisibleAsync();
        },
        VisitSettings.Narrow with { Colours = ColorScheme.Dark });

    private static async Task<string> ProjectAsync(StudioVisit visit, int portraits)
    {
        for (var i = 0; i < portraits; i++)
        {
            visit.Folder.Write($"in/portrait-{i:000}.jpg", await File.ReadAllBytesAsync(SharedData.Path("synthetic-portraits", $"portrait-{i:000}.jpg")));
        }

        if (portraits > 1)
        {
            visit.Folder.Write("in/broken.jpg", (await File.ReadAllBytesAsync(SharedData.Path("synthetic-portraits", "portrait-000.jpg"))).AsSpan(0, 4000));
        }

        var project = await visit.Server.Services.GetRequiredService<IProjects>().CreateAsync("Holiday", [visit.Folder["in"]], default);
        return project.Id;
    }

    /// <summary>A test that needs a browser and generated portraits.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class RunFactAttribute : FactAttribute
    {
        public RunFactAttribute() => Skip = StudioBrowser.Missing ?? (SharedData.Has("synthetic-portraits") ? null : "needs shared/data/synthetic-portraits, which is not here");
    }
}
