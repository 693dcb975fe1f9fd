using Microsoft.Extensions.DependencyInjection;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Browser.Tests.Films;
using Veil.Studio.Browser.Tests.Review;
using Veil.Studio.Browser.Tests.Run;
using Veil.Studio.Measuring;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Accessibility;

/// <summary>Every page in its main states. Exceptions: none.</summary>
[Collection(StudioBrowser.Collection)]
public sealed class AccessibilityTests(StudioBrowser browser)
{
    private const string Report = "m1";

    private static readonly Box Somewhere = new(100, 120, 200, 250);

    [BrowserTheory]
    [InlineData("en-GB")]
    [InlineData("de-DE")]
    public Task The_first_page_and_its_dialogs(string locale) => LookAsync(locale, async (visit, axe) =>
    {
        await visit.GoAsync("/");
        await Expect(visit.Page.Locator(".drop-zone button").First).ToBeEnabledAsync();
        await axe.LookAsync("start, empty");
        var project = visit.Server.Services.GetRequiredService<IProjects>().CreateEmpty("Summer at the lake with a name that is quite long");
        await Expect(visit.Page.Locator(".project")).ToBeVisibleAsync();
        await visit.Page.Locator("summary.icon-button").ClickAsync();
        await axe.LookAsync("start with a project and the menu open");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Locator(".way button").First.ClickAsync();
        await Expect(visit.Page.Locator("dialog[open]")).ToBeVisibleAsync();
        await axe.LookAsync("folders");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Locator(".project .icon-button").ClickAsync();
        await Expect(visit.Page.Locator("dialog[open]")).ToBeVisibleAsync();
        await axe.LookAsync("delete a project");
        await visit.Page.Keyboard.PressAsync("Escape");
        visit.Expecting("404");
        foreach (var address in new[] { "/no-such-page", "/queue", "/live", $"/projects/{project.Id}/choose", $"/projects/{project.Id}/review", $"/projects/{project.Id}/run", "/projects/gone/run" })
        {
            await visit.GoAsync(address);
            await axe.LookAsync(address.Replace(project.Id, "EMPTY", StringComparison.Ordinal));
        }
    });

    [BrowserFact]
    public Task Choosing() => LookAsync("en-GB", async (visit, axe) =>
    {
        var project = await visit.DemoProjectAsync("People who do not exist");

        await visit.GoAsync($"/projects/{project.Id}/choose");
        await Expect(visit.Page.Locator(".before-after .after")).ToBeVisibleAsync();
        await visit.Page.Locator(".more > summary").ClickAsync();
        await visit.Page.Locator("section[aria-labelledby=methods-title] button").ClickAsync();
        await visit.Page.Locator("section[aria-labelledby=people-title] button").ClickAsync();
        await Expect(visit.Page.Locator(".person").First).ToBeVisibleAsync();
        await visit.Page.Locator(".person input").First.CheckAsync();
        await Expect(visit.Page.Locator(".person.kept")).ToHaveCountAsync(1);
        await axe.LookAsync("choose, with people, every method and all options");
        await visit.Page.Context.AddCookiesAsync([new() { Name = "veil-language", Value = "de", Url = visit.Server.Address.ToString() }]);
        await visit.GoAsync($"/projects/{project.Id}/choose");
        await visit.Page.Locator(".more > summary").ClickAsync();
        await axe.LookAsync("choose, in German");
    });

    [BrowserTheory]
    [InlineData("en-GB")]
    [InlineData("de-DE")]
    public Task Reviewing_pictures(string locale) => LookAsync(locale, async (visit, axe) =>
    {
        var project = ReviewedProject.Create(visit);
        var sure = await project.AddAsync("a-sure.png", ReviewedProject.Face(1, Somewhere), ReviewedProject.Face(2, new Box(500, 300, 620, 450), 0.46f));
        await project.AddAsync("b-weak.png", ReviewedProject.Face(1, Somewhere, 0.46f));
        await project.AddAsync("d-clear.png", ReviewedProject.Face(1, Somewhere) with { Cover = CoverChoice.ClearByPerson });
        var failed = await project.AddAsync("e-failed-with-a-name-that-does-not-fit-into-any-tile-of-a-grid.png");
        project.Change(failed, item => item with { State = ItemState.Failed, Doubts = [], Error = new ItemError("x", "open", "The file is cut off.", "Copy it again.") });
        project.Change(sure, item => item with { LookedAt = true });
        await visit.GoAsync(project.ReviewAddress());
        await Expect(visit.Page.Locator(".review-tile img").First).ToBeVisibleAsync();
        await axe.LookAsync("review, grid");
        await visit.GoAsync(project.ReviewAddress(sure));
        var stage = new Stage(visit.Page);
        await stage.ReadyAsync();
        await visit.Page.Keyboard.PressAsync("c");
        await visit.Page.Keyboard.PressAsync("?");
        await stage.Surface.Locator(".surface-overlay [data-id]").First.FocusAsync();
        await axe.LookAsync("review, picture, compared, with a region chosen and keys listed");
        await visit.GoAsync(project.ReviewAddress(failed));
        await axe.LookAsync("review, failed picture");
        await visit.GoAsync($"/projects/{project.Id}/run");
        await Expect(visit.Page.Locator(".failures")).ToBeVisibleAsync();
        await axe.LookAsync("run, ready, with failures");
        await visit.Page.Locator(".run-folder button").ClickAsync();
        await Expect(visit.Page.Locator("dialog[open]")).ToBeVisibleAsync();
        await axe.LookAsync("run, choosing a folder");
        await visit.Page.Keyboard.PressAsync("Escape");
        project.Projects.Change(project.Id, one => one with { Stage = ProjectStage.Exported, ExportedTo = visit.Folder["out"] });
        await Expect(visit.Page.Locator(".run-result")).ToBeVisibleAsync();
        await axe.LookAsync("run, exported");
    });

    [FfmpegAndBrowserFact]
    public Task Reviewing_films() => LookAsync("en-GB", async (visit, axe) =>
    {
        var film = await ReviewedFilm.CreateAsync(visit);
        await visit.GoAsync(film.Address);
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(2);
        await visit.Page.Locator("[data-row='1'] .film-track-name").ClickAsync();
        await visit.Page.Locator(".film-keys summary").ClickAsync();
        await axe.LookAsync("review, film, with a track chosen and keys listed");
    });

    [BrowserFact]
    public Task Work_under_way() => LookAsync("en-GB", async (visit, axe) =>
    {
        var projects = visit.Server.Services.GetRequiredService<IProjects>();
        visit.Folder.Write("in/one.png", ReviewedProject.Drawn([]));
        var project = await projects.CreateAsync("Holiday", [visit.Folder["in"]], default);
        await visit.GoAsync($"/projects/{project.Id}/run");
        await axe.LookAsync("run, before");
        using var held = new HeldWork(projects);
        await visit.Page.Locator("main button.primary").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await axe.LookAsync("run, under way");
        await visit.GoAsync("/queue");
        await Expect(visit.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await axe.LookAsync("queue");
        held.Release();
    });

    [BrowserTheory]
    [InlineData("en-GB")]
    [InlineData("de-DE")]
    public Task Measuring(string locale) => LookAsync(
        locale,
        async (visit, axe) =>
        {
            await visit.GoAsync("/measure");
            await visit.Page.Locator("button[type=submit]").ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
            await axe.LookAsync("measure, with reports and a mistake");
            await visit.GoAsync("/measure/" + Report);
            await Expect(visit.Page.FrameLocator("iframe").Locator("h1")).ToBeVisibleAsync();
            await axe.LookAsync("measure, a report");
        },
        new VisitSettings
        {
            Studio = options =>
            {
                var kept = new MeasurementFolder(Path.Combine(options.DataFolder, "measurements"));
                var request = new MeasurementRequest(MeasurementKind.Privacy, "/home/me/people", null, MeasurementSize.Quick, ["veil"]);
                kept.Write(new Measurement(Report, request, DateTimeOffset.UnixEpoch, MeasurementState.Done));
                kept.Write(new Measurement("m2", request, DateTimeOffset.UnixEpoch, MeasurementState.Failed) { Said = "The folder is gone." });
                File.WriteAllText(Path.Combine(kept.Report(Report), MeasurementFolder.ReportFiles[0]), "<!doctype html><html lang=en><title>Report</title><h1>Privacy</h1></html>");
                return options;
            },
        });

    private Task LookAsync(string locale, Func<StudioVisit, Axe, Task> look, VisitSettings? settings = null) => browser.VisitAsync(
        async visit =>
        {
            visit.Expecting("ERR_ABORTED");
            // axe looks whether it is in the frame of a report, too, which answers nobody.
            visit.Expecting("Failed to execute ‘postMessage’ on ‘DOMWindow’");
            var axe = new Axe(visit.Kind, visit.Page);
            await look(visit, axe);
            axe.AssertNothingFound();
        },
        (settings ?? new VisitSettings()) with { Locale = locale });

    /// <summary>A test that needs a browser and ffmpeg.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FfmpegAndBrowserFactAttribute : FactAttribute
    {
        public FfmpegAndBrowserFactAttribute() => Skip = StudioBrowser.Missing ?? Ffmpeg.Missing;
    }
}
