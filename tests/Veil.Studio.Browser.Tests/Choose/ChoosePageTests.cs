using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Demo;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Choose;

[Collection(StudioBrowser.Collection)]
public sealed class ChoosePageTests(StudioBrowser browser)
{
    [BrowserFact]
    public Task The_demo_set_is_made_and_shown_covered() => browser.VisitAsync(async visit =>
    {
        await visit.GoAsync("/");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make the demo set" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/choose");
        await Expect(visit.Page.Locator(".before-after .after")).ToBeVisibleAsync();
        Assert.Equal(DemoScene.All.Count, Assert.Single(Projects(visit).All).Items.Count);
    });

    [BrowserFact]
    public Task Method_and_strength_change_the_preview_and_are_kept() => browser.VisitAsync(async visit =>
    {
        var project = await OpenDemoAsync(visit);
        var before = await visit.Page.Locator(".before-after .after").GetAttributeAsync("src");
        await visit.Page.GetByText("All 16 methods").ClickAsync();
        await visit.Page.GetByText("Gaussian blur", new() { Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator(".before-after .after")).Not.ToHaveAttributeAsync("src", before!);
        await visit.Page.GetByRole(AriaRole.Slider, new() { Name = "Strength and risk" }).FillAsync("0");
        await Expect(visit.Page.GetByText("Recognized: 88.5")).ToBeVisibleAsync();
        Assert.Equal("gaussian", Projects(visit).Find(project.Id)!.Settings.Treatments.Single().Method);
    });

    [BrowserFact]
    public Task A_preview_that_fails_shows_no_picture() => browser.VisitAsync(async visit =>
    {
        await OpenDemoAsync(visit);
        await visit.Page.GetByText("All 16 methods").ClickAsync();
        await visit.Page.GetByText("Your picture", new() { Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText("There is no preview")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".stage-picture img")).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task Somebody_is_kept_visible() => browser.VisitAsync(async visit =>
    {
        var project = await OpenDemoAsync(visit);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Look for the people" }).ClickAsync();
        var first = visit.Page.GetByRole(AriaRole.Switch, new() { Name = "Keep visible (person 1)" });
        await first.CheckAsync();
        await Expect(visit.Page.Locator(".person.kept")).ToHaveCountAsync(1);
        Assert.Single(Projects(visit).Find(project.Id)!.Kept);
        await visit.Page.Locator(".people").ScrollIntoViewIfNeededAsync();
        await visit.ShotAsync("choose-people", ShotArea.Window);
        await first.UncheckAsync();
        await Expect(visit.Page.Locator(".person.kept")).ToHaveCountAsync(0);
        Assert.Empty(Projects(visit).Find(project.Id)!.Kept);
    });

    [BrowserTheory]
    [InlineData("wide-light", 1280, ColorScheme.Light, "en-GB")]
    [InlineData("wide-dark", 1280, ColorScheme.Dark, "en-GB")]
    [InlineData("narrow-light", 420, ColorScheme.Light, "de-DE")]
    [InlineData("narrow-dark", 360, ColorScheme.Dark, "de-DE")]
    public Task It_fits_the_window(string name, int width, ColorScheme colours, string locale) => browser.VisitAsync(
        async visit =>
        {
            await OpenDemoAsync(visit);
            await Expect(visit.Page.Locator(".method-picture img").First).ToBeVisibleAsync();
            await visit.FitsAsync();
            await visit.ShotAsync("choose-" + name, ShotArea.Window);
            await visit.Page.Locator(".more").ScrollIntoViewIfNeededAsync();
            await visit.ShotAsync("choose-more-" + name, ShotArea.Window);
        },
        VisitSettings.Of(width, colours, locale));

    private static IProjects Projects(StudioVisit visit) => visit.Server.Services.GetRequiredService<IProjects>();

    private static async Task<Project> OpenDemoAsync(StudioVisit visit)
    {
        var projects = Projects(visit);
        var project = projects.CreateEmpty("People who do not exist");
        foreach (var (name, file) in await DemoPictures.MakeAsync(null, CancellationToken.None))
        {
            using var content = new MemoryStream(file);
            await projects.AddAsync(project.Id, name, content, CancellationToken.None);
        }

        await visit.GoAsync($"/projects/{project.Id}/choose");
        await Expect(visit.Page.Locator(".before-after .after")).ToBeVisibleAsync();
        return project;
    }
}
