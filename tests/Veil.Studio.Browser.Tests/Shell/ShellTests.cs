namespace Veil.Studio.Browser.Tests.Shell;

[Collection(StudioBrowser.Collection)]
public sealed class ShellTests(StudioBrowser browser)
{
    private static readonly string[] WhenGone = ["ERR_CONNECTION_REFUSED", "WebSocket", "Connection disconnected", "Failed to start the connection", "reconnect", "negotiat"];

    [BrowserFact]
    public Task The_first_page_opens_and_its_address_holds_no_token() => browser.VisitAsync(async visit =>
    {
        await visit.GoAsync("/");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        Assert.DoesNotContain("token", visit.Page.Url, StringComparison.Ordinal);
    });

    [BrowserFact]
    public Task The_appearance_can_be_chosen_and_is_kept() => browser.VisitAsync(async visit =>
    {
        await visit.GoAsync("/");
        await visit.Page.Locator("summary.icon-button").ClickAsync();
        await visit.Page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("html.wa-dark")).ToBeAttachedAsync();
        await visit.Page.ReloadAsync();
        await visit.ReadyAsync();
        await Expect(visit.Page.Locator("html.wa-dark")).ToBeAttachedAsync();
    });

    [BrowserFact]
    public Task The_language_follows_the_browser_and_can_be_switched() => browser.VisitAsync(
        async visit =>
        {
            await visit.GoAsync("/");
            await Expect(visit.Page.Locator("html[lang=de]")).ToBeAttachedAsync();
            await Expect(visit.Page.GetByText("Prüfen")).ToBeVisibleAsync();
            await visit.Page.Locator("summary.icon-button").ClickAsync();
            await visit.Page.GetByText("English").ClickAsync();
            await Expect(visit.Page.GetByText("Review")).ToBeVisibleAsync();
        },
        new VisitSettings { Locale = "de-DE" });

    [BrowserFact]
    public Task When_the_studio_is_closed_the_page_says_so_and_how_to_go_on() => browser.VisitAsync(async visit =>
    {
        foreach (var wrong in WhenGone)
        {
            visit.Expecting(wrong);
        }

        await visit.GoAsync("/");
        await visit.Server.DisposeAsync();
        await Expect(visit.Page.GetByText("The studio was closed")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Start it again with")).ToBeVisibleAsync();
        await visit.ShotAsync("shell-closed", ShotArea.Window);
    });

    [BrowserFact]
    public Task The_first_key_leads_past_the_bar() => browser.VisitAsync(async visit =>
    {
        await visit.GoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
    });

    [BrowserFact]
    public Task An_address_without_page_says_so() => browser.VisitAsync(async visit =>
    {
        visit.Expecting("404");
        await visit.GoAsync("/no-such-page");
        await Expect(visit.Page.GetByText("There is nothing here")).ToBeVisibleAsync();
    });
}
