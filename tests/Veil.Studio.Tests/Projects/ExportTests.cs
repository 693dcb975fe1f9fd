using System.IO.Compression;
using System.Net;
using Veil.Errors;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

public sealed class ExportTests(Workshop workshop) : IClassFixture<Workshop>
{
    [DataFact("synthetic-portraits")]
    public async Task Results_appear_under_their_names_with_a_report_and_without_leftovers()
    {
        var project = await FoundAsync("plain", 2);
        project = await workshop.ExportAsync(project.Id, workshop.Folder["plain-out"]);

        Assert.Equal((ProjectStage.Exported, workshop.Folder["plain-out"]), (project.Stage, project.ExportedTo));
        Assert.Equal([".veil-journal.jsonl", "portrait-000.jpg", "portrait-001.jpg", "veil-report.json"], Directory.EnumerateFileSystemEntries(workshop.Folder["plain-out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(workshop.Projects.FolderOf(project.Id, "staging")));
        Assert.NotEqual(await File.ReadAllBytesAsync(workshop.Folder["plain/portrait-000.jpg"]), await File.ReadAllBytesAsync(workshop.Folder["plain-out/portrait-000.jpg"]));

        // Again into the same folder: it is the project's own.
        await workshop.ExportAsync(project.Id, workshop.Folder["plain-out"]);
    }

    [DataFact("synthetic-portraits")]
    public async Task What_fails_never_appears_and_an_older_result_of_it_goes()
    {
        var project = await FoundAsync("changed", 2);
        await workshop.ExportAsync(project.Id, workshop.Folder["changed-out"]);
        await File.AppendAllTextAsync(workshop.Folder["changed/portrait-001.jpg"], "changed");
        workshop.Projects.Change(project.Id, before => before with { Settings = before.Settings with { Seed = 3 } });

        project = await workshop.ExportAsync(project.Id, workshop.Folder["changed-out"]);

        Assert.False(File.Exists(workshop.Folder["changed-out/portrait-001.jpg"]));
        Assert.True(File.Exists(workshop.Folder["changed-out/portrait-000.jpg"]));
        var failed = project.Items.Single(item => item.Name == "portrait-001.jpg");
        Assert.Equal(ItemState.Failed, failed.State);
        Assert.Contains("has changed", failed.Error!.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failed.Error.Hint);
    }

    [DataFact("synthetic-portraits")]
    public async Task Folders_of_originals_filled_folders_and_the_studios_own_are_refused()
    {
        var project = await FoundAsync("refused/deep", 1);
        workshop.Folder.Write("filled/letter.txt", "dear"u8);
        foreach (var folder in new[] { workshop.Folder["refused/deep"], workshop.Folder["refused"], workshop.Folder["filled"], workshop.Data, Path.Combine(workshop.Data, "projects", project.Id, "x"), "relative", "/", "/dev" })
        {
            var error = Assert.Throws<VeilException>(() => workshop.Runs.StartExport(project.Id, new ExportTarget(folder, VerifyOutput.Off)));
            Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
            Assert.NotEmpty(error.Hint);
        }

        // Whoever may write everywhere cannot write here either.
        var unwritable = Assert.Throws<VeilException>(() => workshop.Runs.StartExport(project.Id, new ExportTarget("/proc/veil", VerifyOutput.Off)));
        Assert.Equal(VeilErrorCode.UnwritableOutput, unwritable.Code);
        File.CreateSymbolicLink(workshop.Folder["link"], workshop.Folder["refused/deep"]);
        Assert.Throws<VeilException>(() => workshop.Runs.StartExport(project.Id, new ExportTarget(workshop.Folder["link"], VerifyOutput.Off)));
        Assert.Null(workshop.Runs.Find(project.Id));
    }

    [DataFact("synthetic-portraits")]
    public async Task A_zip_holds_results_by_safe_names_and_no_original()
    {
        var project = workshop.Projects.CreateEmpty("zip: \"mine\"");
        foreach (var (name, number) in new[] { ("../../evil.jpg", 0), ("C:\\con.jpg", 1), ("päivä/写真.jpg", 2) })
        {
            await using var content = File.OpenRead(SharedData.Path("synthetic-portraits", $"portrait-{number:000}.jpg"));
            await workshop.Projects.AddAsync(project.Id, name, content, default);
        }

        await workshop.FindAsync(project.Id);
        project = await workshop.ExportAsync(project.Id, folder: null);
        Assert.All(project.Items, item => Assert.Equal(ItemState.Exported, item.State));

        using var stream = new MemoryStream();
        await ExportMedia.WriteZipAsync(project, stream, default);
        stream.Position = 0;
        await using var zip = new ZipArchive(stream);
        Assert.Equal(["C_/_con.jpg", "evil.jpg", "päivä/写真.jpg", "veil-report.json"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".jpg", StringComparison.Ordinal)))
        {
            await using var content = await entry.OpenAsync();
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy);
            Assert.All(project.Items, item => Assert.NotEqual(File.ReadAllBytes(item.Path), copy.ToArray()));
        }
    }

    [DataFact("synthetic-portraits")]
    public async Task Exporting_goes_on_after_a_restart()
    {
        var project = await FoundAsync("restart", 8);
        workshop.Runs.StartExport(project.Id, new ExportTarget(workshop.Folder["restart-out"], VerifyOutput.Off));
        await Eventually.TrueAsync(() => workshop.Projects.Find(project.Id)!.Items.Any(item => item.State == ItemState.Exported));
        await workshop.RestartAsync();

        project = await workshop.IdleAsync(project.Id);

        Assert.All(project.Items, item => Assert.Equal(ItemState.Exported, item.State));
        Assert.Equal(8, Directory.EnumerateFiles(workshop.Folder["restart-out"], "*.jpg").Count());
    }

    [DataFact("synthetic-portraits")]
    public async Task Checked_results_leave_a_report_and_who_is_clear_on_purpose_does_not_fail_them()
    {
        var project = await FoundAsync("checked", 2);
        var regions = await workshop.Views.RegionsAsync(project.Id, project.Items[0].Id, default);
        await workshop.Views.SaveAsync(project.Id, project.Items[0].Id, regions! with { Frames = [regions.Frames[0] with { Regions = [.. regions.Frames[0].Regions.Select(region => region with { Cover = CoverChoice.ClearByHand })] }] }, default);

        project = await workshop.ExportAsync(project.Id, workshop.Folder["checked-out"], VerifyOutput.Check);

        Assert.All(project.Items, item => Assert.True(item.State == ItemState.Exported, item.Error?.Message));
        Assert.True(ExportMedia.HasVerification(workshop.Projects, project.Id));
    }

    [DataFact("synthetic-portraits")]
    public async Task Pictures_zips_and_reports_are_served_to_the_session_alone_and_never_kept()
    {
        var project = await FoundAsync("served", 1);
        project = await workshop.ExportAsync(project.Id, workshop.Folder["served-out"]);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = workshop.Server.Address };
        string[] paths = [$"items/{project.Items[0].Id}/original?longest=64", $"items/{project.Items[0].Id}/result?longest=64", "results.zip", "report"];
        foreach (var path in paths)
        {
            using var refused = await client.GetAsync($"/media/projects/{project.Id}/{path}");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using (await client.GetAsync(workshop.Server.EntryAddress))
        {
        }

        foreach (var path in paths)
        {
            using var answer = await client.GetAsync($"/media/projects/{project.Id}/{path}");
            Assert.True(answer.StatusCode == HttpStatusCode.OK, path);
            Assert.True(answer.Headers.CacheControl!.NoStore, path);
        }

        foreach (var path in new[] { "items/999999/original", $"items/{project.Items[0].Id}/original?longest=999999", $"items/{project.Items[0].Id}/original?frame=5", "items/..%2F..%2Fproject.json/original", "verification" })
        {
            using var answer = await client.GetAsync($"/media/projects/{project.Id}/{path}");
            Assert.True((int)answer.StatusCode is 404 or 422, path + " " + answer.StatusCode);
            Assert.NotEqual("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    private async Task<Project> FoundAsync(string folder, int portraits)
    {
        var project = await workshop.Projects.CreateAsync(folder, [workshop.Portraits(folder, portraits)], default);
        return await workshop.FindAsync(project.Id);
    }
}
