using System.Reflection;
using Veil.Studio.Hosting;

namespace Veil.Studio.Browser.Tests;

/// <summary>
/// One browser for all tests, which run one after the other: <see cref="BrowserKind.Asked"/>. How to write a test:
/// <code>
/// [Collection(StudioBrowser.Collection)]
/// public sealed class Some_page(StudioBrowser browser)
/// {
///     [BrowserFact]
///     public Task Does_something() => browser.VisitAsync(async visit =>
///     {
///         await visit.GoAsync("/");
///         await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Find and cover" }).ClickAsync();
///         await Expect(visit.Page.GetByText("Done")).ToBeVisibleAsync();
///         await visit.ShotAsync("some-page");
///     });
/// }
/// </code>
/// Each visit has a studio, a data folder and a browser profile of its own. It fails when the page wrote an error to the console, when a request
/// failed, and when one went to any other place than the studio.
/// </summary>
public class StudioBrowser : IAsyncLifetime
{
    /// <summary>The collection that tests belong to.</summary>
    public const string Collection = "browser";

    private readonly Dictionary<ColorScheme, IBrowser> _browsers = [];
    private IPlaywright? _playwright;

    /// <summary>Why tests have to be skipped, or null.</summary>
    public static string? Missing => BrowserKind.Asked.Missing;

    /// <summary>Opens a studio and a browser window on it, runs a test, and looks at what went wrong on the way.</summary>
    /// <param name="test">The test; nothing is open yet.</param>
    /// <param name="settings">Window, colours, language, and how the studio is started; by default a wide light window in English.</param>
    public async Task VisitAsync(Func<StudioVisit, Task> test, VisitSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(test);
        settings ??= new VisitSettings();
        using var folder = new TemporaryFolder();
        await using var server = await StudioServer.StartAsync(settings.Studio(new StudioOptions { DataFolder = folder["data"] }));
        await using var context = await (await BrowserAsync(settings.Colours)).NewContextAsync(new()
        {
            ViewportSize = new() { Width = settings.Width, Height = settings.Height },
            ColorScheme = settings.Colours,
            Locale = settings.Locale,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = settings.Permissions,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout((float)Eventually.Patience.TotalMilliseconds);
        var page = await context.NewPageAsync();
        await SlowLine.LayAsync(page);
        await PrepareAsync(page);
        var visit = new StudioVisit(Kind, server, page, folder);
        await test(visit);
        visit.AssertNothingWentWrong();
    }

    /// <summary>What is driven.</summary>
    internal virtual BrowserKind Kind => BrowserKind.Asked;

    /// <summary>What the browser is started with beside the usual.</summary>
    protected virtual IReadOnlyList<string> MoreArguments => [];

    /// <summary>Does something to a page before it is opened.</summary>
    protected virtual Task PrepareAsync(IPage page) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        if (Kind.Missing is not null)
        {
            return;
        }

        var package = typeof(StudioBrowser).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PlaywrightPackage").Value;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", package);
        SetDefaultExpectTimeout((float)Eventually.Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
    }

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        foreach (var browser in _browsers.Values)
        {
            await browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private async Task<IBrowser> BrowserAsync(ColorScheme colours)
    {
        var key = Kind.ChangesColours ? ColorScheme.Light : colours;
        if (!_browsers.TryGetValue(key, out var browser))
        {
            _browsers[key] = browser = await Kind.LaunchAsync(_playwright!, key, MoreArguments);
        }

        return browser;
    }
}

/// <summary>Shares the browser among all tests of the assembly.</summary>
[CollectionDefinition(StudioBrowser.Collection)]
public sealed class BrowserTests : ICollectionFixture<StudioBrowser>;
