namespace Veil.Studio.Browser.Tests.Shell;

[Collection(StudioBrowser.Collection)]
public sealed class ShellTests(StudioBrowser browser)
{
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
    public Task An_address_without_page_says_so() => browser.VisitAsync(async visit =>
    {
        visit.Expecting("404");
        await visit.GoAsync("/no-such-page");
        await Expect(visit.Page.GetByText("There is nothing here")).ToBeVisibleAsync();
    });
}
