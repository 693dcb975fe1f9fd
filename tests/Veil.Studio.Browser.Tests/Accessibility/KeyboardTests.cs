using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Browser.Tests.Review;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Accessibility;

/// <summary>The keyboard alone: it reaches everything, one sees where it is, and it never loses its place.</summary>
[Collection(StudioBrowser.Collection)]
public sealed class KeyboardTests(StudioBrowser browser)
{
    private const string NoWayBack = "needs Tab to come back from the browser's own bar, which a driver's keys do in Chromium alone";

    [ChromiumFact(NoWayBack)]
    public Task Pictures_are_chosen_corrected_and_exported() => browser.VisitAsync(async visit =>
    {
        visit.Expecting("ERR_ABORTED");
        var keyboard = new Keyboard(visit.Page);
        await visit.GoAsync("/");
        await Expect(visit.Page.Locator(".drop-zone button").First).ToBeEnabledAsync();
        await keyboard.GoToAsync("Make the demo set");
        await keyboard.PressAsync("Enter");
        await keyboard.ArriveAsync("**/choose");

        // What to find, and how.
        await Expect(visit.Page.Locator(".before-after .after")).ToBeVisibleAsync();
        await keyboard.GoToAsync("Veil", ".method input");
        await keyboard.PressAsync("ArrowRight");
        await Expect(visit.Page.Locator(".method:has(:checked) .method-name")).Not.ToHaveTextAsync("Veil");
        await keyboard.GoToAsync("Find and cover");
        await keyboard.PressAsync("Enter");
        await keyboard.ArriveAsync("**/run");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Ready to export" })).ToBeVisibleAsync();
        await keyboard.AssertHasPlaceAsync();
        await keyboard.GoToAsync("Review", "main a");
        await keyboard.PressAsync("Enter");
        await keyboard.ArriveAsync("**/review");

        // The first picture.
        await keyboard.GoToAsync(null, ".review-tile");
        await keyboard.PressAsync("Enter");
        await keyboard.ArriveAsync("**/review/*");
        var stage = new Stage(visit.Page);
        await stage.ReadyAsync();
        await keyboard.GoToAsync(null, ".surface-overlay [data-id]");
        var before = await visit.Page.Locator(".surface-overlay [data-id]").CountAsync();
        await keyboard.PressAsync("Space");
        await Expect(visit.Page.Locator(".surface-overlay [data-id]").First).ToHaveAttributeAsync("aria-pressed", "false");
        await keyboard.PressAsync("d");
        await Expect(visit.Page.Locator(".surface-overlay [data-id]")).ToHaveCountAsync(before + 1);
        var drawn = stage.Region($"Face {before + 1}");
        await Expect(drawn).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowRight");
        await keyboard.PressAsync("Control+ArrowDown");
        await Expect(drawn).ToBeFocusedAsync();
        await keyboard.PressAsync("Delete");
        await Expect(drawn).ToHaveCountAsync(0);
        await keyboard.AssertHasPlaceAsync();
        await keyboard.PressAsync("Control+z");
        await Expect(drawn).ToHaveCountAsync(1);
        await keyboard.GoToAsync("Undo", ".surface-tools button");
        await keyboard.PressAsync("Enter");
        await keyboard.AssertHasPlaceAsync();

        // Out of the list's last button the keyboard leads on, and back to the results.
        await keyboard.GoToAsync("Back to all results");
        await keyboard.PressAsync("Enter");
        await keyboard.ArriveAsync("**/review");
        await keyboard.GoToAsync("Export", "main a");
        await keyboard.PressAsync("Enter");
        await keyboard.ArriveAsync("**/run");
        await keyboard.GoToAsync("Choose", "main button");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("dialog[open]")).ToBeVisibleAsync();
        await keyboard.AssertInsideAsync("dialog");
        await keyboard.PressAsync("Escape");
        await Expect(visit.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".run-folder button")).ToBeFocusedAsync();
        await visit.Page.GetByLabel("Folder", new() { Exact = true }).SelectTextAsync();
        await visit.Page.Keyboard.TypeAsync(visit.Folder["safe"]);
        await keyboard.GoToAsync("Export results");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Done" })).ToBeVisibleAsync();
        await keyboard.AssertHasPlaceAsync();
        Assert.NotEmpty(Directory.EnumerateFiles(visit.Folder["safe"], "*.jpg"));
    });

    [ChromiumFact(NoWayBack)]
    public Task The_place_is_kept_when_a_project_goes() => browser.VisitAsync(async visit =>
    {
        var projects = visit.Server.Services.GetRequiredService<IProjects>();
        projects.CreateEmpty("Stays");
        projects.CreateEmpty("Goes");
        var keyboard = new Keyboard(visit.Page);
        await visit.GoAsync("/");
        await Expect(visit.Page.Locator(".drop-zone button").First).ToBeEnabledAsync();
        await keyboard.GoToAsync("Delete Goes");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("dialog[open]")).ToBeVisibleAsync();
        await keyboard.GoToAsync("Delete the project");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator(".project")).ToHaveCountAsync(1);
        await keyboard.AssertHasPlaceAsync();
        await keyboard.AssertInsideAsync(".recent");
    });

    [BrowserFact]
    public Task A_run_is_paused_and_goes_on_with_one_button() => browser.VisitAsync(async visit =>
    {
        visit.Folder.Write("in/one.png", ReviewedProject.Drawn([]));
        visit.Folder.Write("in/two.png", ReviewedProject.Drawn([]));
        var projects = visit.Server.Services.GetRequiredService<IProjects>();
        var project = await projects.CreateAsync("Holiday", [visit.Folder["in"]], default);
        using var held = new Run.HeldWork(projects);
        var keyboard = new Keyboard(visit.Page);
        await visit.GoAsync($"/projects/{project.Id}/run");
        await keyboard.GoToAsync("Find and cover");
        await keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await keyboard.AssertHasPlaceAsync();
        await keyboard.GoToAsync("Pause");
        await keyboard.PressAsync("Enter");
        held.Release();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Ready to export" })).ToBeVisibleAsync();
        await keyboard.AssertHasPlaceAsync();
    });
}
