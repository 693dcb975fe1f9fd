using Veil.Studio.Projects;
using Microsoft.Extensions.DependencyInjection;

namespace Veil.Studio.Browser.Tests.Start;

[Collection(StudioBrowser.Collection)]
public sealed class StartPageTests(StudioBrowser browser)
{
    [BrowserFact]
    public Task Picked_files_become_a_project() => browser.VisitAsync(async visit =>
    {
        var (one, other) = (visit.Folder.Write("one.png", Pictures.Png(40)), visit.Folder.Write("other.png", Pictures.Png(60)));
        await visit.GoAsync("/");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Choose files" })).ToBeEnabledAsync();
        await visit.Page.Locator("input[type=file]:not([webkitdirectory])").SetInputFilesAsync([one, other]);
        await visit.Page.WaitForURLAsync("**/choose");
        var project = Assert.Single(visit.Server.Services.GetRequiredService<IProjects>().All);
        Assert.Equal(["one.png", "other.png"], project.Items.Select(item => item.Name).Order(StringComparer.Ordinal));
    });

    [BrowserFact]
    public Task Dropped_files_become_a_project() => browser.VisitAsync(async visit =>
    {
        await visit.GoAsync("/");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Choose files" })).ToBeEnabledAsync();
        var transfer = await visit.Page.EvaluateHandleAsync("bytes => { const t = new DataTransfer(); t.items.add(new File([new Uint8Array(bytes)], 'dropped.png')); return t; }", Pictures.Png(50).Select(value => (int)value).ToArray());
        await visit.Page.Locator(".drop-zone").DispatchEventAsync("drop", new Dictionary<string, object> { ["dataTransfer"] = transfer });
        await visit.Page.WaitForURLAsync("**/choose");
        Assert.Equal("dropped.png", Assert.Single(Assert.Single(visit.Server.Services.GetRequiredService<IProjects>().All).Items).Name);
    });

    [BrowserFact]
    public Task What_is_no_picture_is_not_taken_and_said_so() => browser.VisitAsync(async visit =>
    {
        var file = visit.Folder.Write("notes.txt", "hello"u8);
        await visit.GoAsync("/");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Choose files" })).ToBeEnabledAsync();
        await visit.Page.Locator("input[type=file]:not([webkitdirectory])").SetInputFilesAsync([file]);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is no picture or film");
        Assert.Empty(visit.Server.Services.GetRequiredService<IProjects>().All);
    });

    [BrowserFact]
    public Task A_folder_is_chosen_by_keyboard_alone() => browser.VisitAsync(
        async visit =>
        {
            await visit.GoAsync("/");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Browse folders" }).FocusAsync();
            await visit.Page.Keyboard.PressAsync("Enter");
            await Expect(visit.Page.Locator("dialog[open]")).ToBeVisibleAsync();
            await visit.ShotAsync("start-folders");
            await visit.Page.Keyboard.PressAsync("Escape");
            await Expect(visit.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        });

    [BrowserFact]
    public async Task Inputs_given_at_the_start_are_offered()
    {
        using var pictures = new TemporaryFolder();
        pictures.Write("holiday/a.png", Pictures.Png(30));
        await browser.VisitAsync(
            async visit =>
            {
                await visit.GoAsync("/");
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start with these" }).ClickAsync();
                await visit.Page.WaitForURLAsync("**/choose");
            },
            new VisitSettings { Studio = options => options with { Offered = [pictures["holiday"]] } });
    }

    [BrowserFact]
    public Task A_project_is_deleted_after_asking() => browser.VisitAsync(async visit =>
    {
        visit.Server.Services.GetRequiredService<IProjects>().CreateEmpty("Holiday");
        await visit.GoAsync("/");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete Holiday" }).ClickAsync();
        await Expect(visit.Page.Locator("dialog[open]")).ToContainTextAsync("Originals in folders of this machine stay");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete the project" }).ClickAsync();
        await Expect(visit.Page.Locator(".project")).ToHaveCountAsync(0);
        Assert.Empty(visit.Server.Services.GetRequiredService<IProjects>().All);
    });

    [BrowserTheory]
    [InlineData("wide-light", 1280, ColorScheme.Light, "en-GB")]
    [InlineData("wide-dark", 1280, ColorScheme.Dark, "en-GB")]
    [InlineData("narrow-light", 420, ColorScheme.Light, "de-DE")]
    [InlineData("narrow-dark", 420, ColorScheme.Dark, "en-GB")]
    [InlineData("narrowest", 360, ColorScheme.Light, "de-DE")]
    public Task It_fits_the_window(string name, int width, ColorScheme colours, string locale) => browser.VisitAsync(
        async visit =>
        {
            visit.Server.Services.GetRequiredService<IProjects>().CreateEmpty("Summer at the lake");
            await visit.GoAsync("/");
            await Expect(visit.Page.Locator(".drop-zone button").First).ToBeEnabledAsync();
            await visit.FitsAsync();
            await visit.ShotAsync("start-" + name);
        },
        VisitSettings.Of(width, colours, locale));
}
