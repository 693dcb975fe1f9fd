using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Start;

/// <summary>Whole folders on the drop zone, as a file manager drops them, and by the button.</summary>
[Collection(StudioBrowser.Collection)]
public sealed class FolderDropTests(StudioBrowser browser)
{
    private const string NoFolders = "needs folders dropped or picked, which drivers can do in Chromium alone";

    // Names as people and cameras give them.
    private static readonly string[] Nested =
    [
        "Sommer & Söhne/Straße 1.png", "Sommer & Söhne/Übermut 🎈/grün, weiß (2).png", "Sommer & Söhne/Übermut 🎈/tief/tiefer/ 100 % #1.png", "Sommer & Söhne/名前/写真.png",
    ];

    private static readonly string[] Found = ["hostile", "metadata"];

    [ChromiumFact(NoFolders)]
    public Task A_dropped_folder_keeps_its_folders_and_names() => browser.VisitAsync(async visit =>
    {
        WriteNested(visit);
        await ReadyAsync(visit);
        await DropAsync(visit, visit.Folder["drop/Sommer & Söhne"]);
        await visit.Page.WaitForURLAsync("**/choose");
        var project = Assert.Single(Projects(visit).All);
        Assert.Equal("Sommer & Söhne", project.Name);
        Assert.Equal(Nested.Select(ItemNames.Safe).Order(StringComparer.Ordinal), project.Items.Select(item => item.Name).Order(StringComparer.Ordinal));
    });

    [ChromiumFact(NoFolders)]
    public Task A_picked_folder_does_too_and_its_results_lie_in_the_same_folders() => browser.VisitAsync(async visit =>
    {
        WriteNested(visit);
        await ReadyAsync(visit);
        await visit.Page.Locator("input[webkitdirectory]").SetInputFilesAsync(visit.Folder["drop/Sommer & Söhne"]);
        await visit.Page.WaitForURLAsync("**/choose");
        var projects = Projects(visit);
        var project = Assert.Single(projects.All);
        Assert.Equal(Nested.Select(ItemNames.Safe).Order(StringComparer.Ordinal), project.Items.Select(item => item.Name).Order(StringComparer.Ordinal));

        var runs = visit.Server.Services.GetRequiredService<ProjectRuns>();
        runs.StartFinding(project.Id);
        await Eventually.TrueAsync(() => runs.Find(project.Id) is null && projects.Find(project.Id)!.Stage == ProjectStage.Reviewing);
        runs.StartExport(project.Id, new ExportTarget(visit.Folder["results"], VerifyOutput.Off));
        await Eventually.TrueAsync(() => runs.Find(project.Id) is null && projects.Find(project.Id)!.Stage == ProjectStage.Exported);
        Assert.Equal(
            Nested.Select(ItemNames.Safe).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(visit.Folder["results"], "*.png", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(visit.Folder["results"], file)).Order(StringComparer.Ordinal));
    });

    [ChromiumFact(NoFolders)]
    public Task Files_and_folders_are_dropped_together_and_hidden_ones_left_out() => browser.VisitAsync(async visit =>
    {
        WriteNested(visit);
        visit.Folder.Write("drop/Sommer & Söhne/.thumbnails/Straße 1.png", Pictures.Png(20));
        visit.Folder.Write("drop/Sommer & Söhne/notes.txt", "hello"u8);
        await ReadyAsync(visit);
        await DropAsync(visit, visit.Folder.Write("drop/alone.png", Pictures.Png(30)), visit.Folder["drop/Sommer & Söhne"]);
        await visit.Page.WaitForURLAsync("**/choose");
        Assert.Equal(
            Nested.Append("alone.png").Select(ItemNames.Safe).Order(StringComparer.Ordinal), Assert.Single(Projects(visit).All).Items.Select(item => item.Name).Order(StringComparer.Ordinal));
    });

    [ChromiumFact(NoFolders)]
    public Task An_empty_folder_is_said_to_be_empty() => browser.VisitAsync(async visit =>
    {
        Directory.CreateDirectory(visit.Folder["drop/empty/within"]);
        await ReadyAsync(visit);
        await DropAsync(visit, visit.Folder["drop/empty"]);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There was no file in what you dropped");
        Assert.Empty(Projects(visit).All);
    });

    [FolderFact]
    public Task Hostile_files_are_refused_by_name_and_the_rest_is_kept() => browser.VisitAsync(
        async visit =>
        {
            // Browsers note each refusal.
            visit.Expecting("422");
            var dropped = new List<string>();
            foreach (var folder in Found)
            {
                // From each folder some, with every ending that there is.
                foreach (var file in Directory.EnumerateFiles(SharedData.Path(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    .GroupBy(file => (Path.GetDirectoryName(file), Path.GetExtension(file))).SelectMany(group => group.Take(3)))
                {
                    var target = Path.Combine(visit.Folder["drop/found"], folder, Path.GetRelativePath(SharedData.Path(folder), file));
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    File.Copy(file, target);
                    dropped.Add(Path.GetRelativePath(visit.Folder["drop"], target));
                }
            }

            visit.Folder.Write("drop/found/no picture.jpg", "hello"u8);
            await ReadyAsync(visit);
            await DropAsync(visit, visit.Folder["drop/found"]);
            await Expect(visit.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "1 Datei konnte nicht übernommen werden." })).ToContainTextAsync("„found/no picture.jpg“ ist weder ein Bild noch ein Film, den Veil kennt.");
            await visit.ShotAsync("start-refused-wide-light-de");
            var project = Assert.Single(Projects(visit).All);
            Assert.All(project.Items, item => Assert.Contains(item.Name, dropped.Select(ItemNames.Safe)));
            Assert.Contains(project.Items, item => item.Name.StartsWith("found/metadata/", StringComparison.Ordinal));
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Mit den anderen weitermachen" }).ClickAsync();
            await visit.Page.WaitForURLAsync("**/choose");
        },
        new VisitSettings { Locale = "de-DE" });

    private static void WriteNested(StudioVisit visit)
    {
        foreach (var name in Nested)
        {
            visit.Folder.Write("drop/" + name, Pictures.Png(40));
        }
    }

    private static async Task ReadyAsync(StudioVisit visit)
    {
        await visit.GoAsync("/");
        await Expect(visit.Page.Locator(".drop-zone button").First).ToBeEnabledAsync();
    }

    // What the browser gets from a file manager: nothing of it comes through the page.
    private static async Task DropAsync(StudioVisit visit, params string[] paths)
    {
        var protocol = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        var place = (await visit.Page.Locator(".drop-zone").BoundingBoxAsync())!;
        var data = new Dictionary<string, object> { ["items"] = Array.Empty<object>(), ["files"] = paths, ["dragOperationsMask"] = 1 };
        foreach (var type in new[] { "dragEnter", "dragOver", "drop" })
        {
            await protocol.SendAsync("Input.dispatchDragEvent", new()
            {
                ["type"] = type,
                ["x"] = place.X + (place.Width / 2),
                ["y"] = place.Y + (place.Height / 2),
                ["data"] = data,
            });
        }
    }

    private static IProjects Projects(StudioVisit visit) => visit.Server.Services.GetRequiredService<IProjects>();

    /// <summary>A test of files that have caused trouble elsewhere; it skips, saying so, where they are not.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FolderFactAttribute : FactAttribute
    {
        public FolderFactAttribute() => Skip = StudioBrowser.Missing ?? (BrowserKind.Asked == BrowserKind.Chromium ? null : NoFolders) ?? (SharedData.Has("hostile") && SharedData.Has("metadata") ? null : "needs ../shared/data/hostile and metadata");
    }
}
