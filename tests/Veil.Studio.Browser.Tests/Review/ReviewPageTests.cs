using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Review;

[Collection(StudioBrowser.Collection)]
public sealed class ReviewPageTests(StudioBrowser browser)
{
    private static readonly Box Somewhere = new(100, 120, 200, 250);

    [BrowserFact]
    public Task The_doubtful_come_first_and_are_worked_through() => browser.VisitAsync(async visit =>
    {
        var project = ReviewedProject.Create(visit);
        await project.AddAsync("a-sure.png", ReviewedProject.Face(1, Somewhere));
        await project.AddAsync("b-weak.png", ReviewedProject.Face(1, Somewhere, 0.46f));
        await project.AddAsync("c-nothing.png");
        await project.AddAsync("d-clear.png", ReviewedProject.Face(1, Somewhere) with { Cover = CoverChoice.ClearByPerson });
        var failed = await project.AddAsync("e-failed.png");
        project.Change(failed, item => item with { State = ItemState.Failed, Doubts = [], Error = new ItemError("x", "open", "The file is cut off.", "Copy it again.") });
        await visit.GoAsync(project.ReviewAddress());
        var tiles = visit.Page.Locator(".review-tile");
        await Expect(tiles).ToHaveCountAsync(5);
        Assert.Equal(["e-failed.png", "c-nothing.png", "b-weak.png", "d-clear.png", "a-sure.png"], await visit.Page.Locator(".review-tile .name").AllTextContentsAsync());
        await Expect(tiles.Nth(0)).ToContainTextAsync("The file is cut off.");
        await Expect(tiles.Nth(2)).ToContainTextAsync("Weak detection");
        await Expect(visit.Page.GetByText("Nothing is final until you export.")).ToBeVisibleAsync();
        // Results, never originals.
        Assert.All(await visit.Page.Locator(".review-tile img").EvaluateAllAsync<string[]>("images => images.map(image => image.src)"), source => Assert.Contains("/result?", source, StringComparison.Ordinal));

        await visit.Page.GetByText("Somebody stays clear 1").ClickAsync();
        await Expect(tiles).ToHaveCountAsync(1);
        await visit.Page.GetByText("Failed 1").ClickAsync();
        await Expect(visit.Page.Locator(".review-tile .name")).ToHaveTextAsync("e-failed.png");
        await visit.Page.GetByText("Needs a look 3").ClickAsync();
        await Expect(tiles).ToHaveCountAsync(3);

        await tiles.Nth(0).FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(tiles.Nth(1)).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await Expect(tiles.Nth(0)).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("c-nothing.png");
        await Expect(visit.Page.GetByText("3 results need a look")).ToBeVisibleAsync();
        await OpenedAsync(visit);
        await visit.Page.Keyboard.PressAsync("m");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("b-weak.png");
        await OpenedAsync(visit);
        await visit.Page.Keyboard.PressAsync("j");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("d-clear.png");
        await OpenedAsync(visit);
        await visit.Page.Keyboard.PressAsync("k");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("b-weak.png");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Looks right" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("d-clear.png");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Looks right" }).ClickAsync();
        await Expect(visit.Page.GetByText("Nothing is left to look at")).ToBeVisibleAsync();
        Assert.Equal(3, project.Project.Items.Count(item => item.LookedAt));

        await visit.GoAsync(project.ReviewAddress(failed));
        await Expect(visit.Page.GetByText("The file is cut off.")).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task Thousands_of_results_are_scrolled_through_and_only_those_in_sight_are_there() => browser.VisitAsync(async visit =>
    {
        var project = ReviewedProject.Create(visit);
        var first = await project.AddAsync("p0000.png", ReviewedProject.Face(1, Somewhere));
        project.Projects.Change(project.Id, before => before with
        {
            Items = [.. before.Items, .. Enumerable.Range(1, 2999).Select(number => before.Find(first)! with { Id = $"w{number}", Name = $"p{number:0000}.png", State = ItemState.Waiting })],
        });
        await visit.GoAsync(project.ReviewAddress());
        await Expect(visit.Page.Locator("[data-index='0']")).ToBeVisibleAsync();
        Assert.InRange(await visit.Page.Locator(".review-tile").CountAsync(), 5, 100);
        await visit.Page.Locator("[data-index='0']").FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");
        await Expect(visit.Page.Locator("[data-index='2999']")).ToBeFocusedAsync();
        Assert.InRange(await visit.Page.Locator(".review-tile").CountAsync(), 5, 100);
        await visit.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(visit.Page.Locator("[data-index='2999']")).Not.ToBeFocusedAsync();
    });

    [BrowserFact]
    public Task What_is_found_meanwhile_appears() => browser.VisitAsync(async visit =>
    {
        var project = ReviewedProject.Create(visit);
        await visit.GoAsync(project.ReviewAddress());
        await Expect(visit.Page.GetByText("There is nothing in this project yet.")).ToBeVisibleAsync();
        await project.AddAsync("new.png", ReviewedProject.Face(1, Somewhere));
        await Expect(visit.Page.Locator(".review-tile .name")).ToHaveTextAsync("new.png");
        await Expect(visit.Page.GetByText("1 covered")).ToBeVisibleAsync();
    });

    [BrowserTheory]
    [InlineData("wide-light", 1280, ColorScheme.Light, "en-GB")]
    [InlineData("wide-dark", 1280, ColorScheme.Dark, "de-DE")]
    [InlineData("narrow-light", 420, ColorScheme.Light, "de-DE")]
    [InlineData("narrow-dark", 360, ColorScheme.Dark, "en-GB")]
    public Task It_fits_the_window(string name, int width, ColorScheme colours, string locale) => browser.VisitAsync(
        async visit =>
        {
            var project = ReviewedProject.Create(visit);
            await People.AddGroupAsync(project);
            for (var person = 1; person < 7; person++)
            {
                await People.AddPortraitAsync(project, 11 * person, $"Summer/portrait {person}.jpg", person == 3 ? [ReviewedProject.Face(2, new Box(20, 30, 34, 46), 0.5f)] : []);
            }

            project.Change(project.Project.Items[2].Id, item => item with { LookedAt = true });
            project.Change(project.Project.Items[5].Id, item => item with { State = ItemState.Working });
            project.Change(project.Project.Items[6].Id, item => item with { State = ItemState.Failed, Error = new ItemError("x", "open", "The file is cut off.", "Copy it again.") });
            await visit.GoAsync(project.ReviewAddress());
            await Expect(visit.Page.Locator(".review-tile img").First).ToBeVisibleAsync();
            for (var loaded = false; !loaded; await Task.Delay(20))
            {
                loaded = await visit.Page.EvaluateAsync<bool>("[...document.querySelectorAll('.review-tile img')].every(image => image.complete ? image.naturalWidth > 0 : image.getBoundingClientRect().top > innerHeight)");
            }

            await visit.FitsAsync();
            await visit.ShotAsync("review-grid-" + name);
        },
        VisitSettings.Of(width, colours, locale));

    // Keys are heard once the surface of the item is there.
    private static Task OpenedAsync(StudioVisit visit) => new Stage(visit.Page).ReadyAsync();
}
