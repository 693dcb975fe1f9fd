using System.Reflection;

namespace Veil.LivePage;

/// <summary>A window on a studio's live page, whose camera plays a clip.</summary>
internal sealed class LiveVisit : IAsyncDisposable
{
    // Notes when each picture is drawn, and whether it is grey: four places have the grey of a frame that was not looked at.
    private const string Watch = """
        window.drawn = [];
        const draw = CanvasRenderingContext2D.prototype.drawImage;
        CanvasRenderingContext2D.prototype.drawImage = function (...values) {
          draw.apply(this, values);
          const { width, height } = this.canvas;
          const grey = [[.1, .1], [.9, .2], [.5, .5], [.2, .9]].every(([x, y]) => {
            const [red, green, blue] = this.getImageData(x * width, y * height, 1, 1).data;
            return Math.abs(red - 128) + Math.abs(green - 128) + Math.abs(blue - 128) < 12;
          });
          window.drawn.push({ at: performance.now(), grey });
        };
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private LiveVisit(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    /// <summary>Opens a browser and the page, and starts the camera.</summary>
    /// <param name="studio">The studio; null for an empty page with a camera.</param>
    /// <param name="clip">Motion JPEG or Y4M.</param>
    /// <param name="coding">How frames go.</param>
    /// <param name="watch">Whether drawings are watched, which takes time itself.</param>
    public static async Task<LiveVisit> OpenAsync(StudioProcess studio, string clip, Coding coding, bool watch)
    {
        Environment.SetEnvironmentVariable(
            "PLAYWRIGHT_DRIVER_SEARCH_PATH", typeof(LiveVisit).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PlaywrightPackage").Value);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--use-file-for-fake-video-capture=" + clip],
        });
        var context = await browser.NewContextAsync(new() { Permissions = ["camera"], ViewportSize = new() { Width = 1280, Height = 800 }, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(180_000);
        var page = await context.NewPageAsync();
        if (coding == Coding.Jpeg)
        {
            // As in a browser that cannot make pictures of planes.
            await page.AddInitScriptAsync("delete globalThis.VideoFrame;");
        }

        if (watch)
        {
            await page.AddInitScriptAsync(Watch);
        }

        await page.GotoAsync(studio.Entry.ToString());
        await page.GotoAsync(new Uri(studio.Entry, "/live").ToString());
        await page.GetByLabel("Delay").SelectOptionAsync("Short", new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the camera" }).DispatchEventAsync("click");
        await page.WaitForFunctionAsync("() => document.querySelector('canvas').veilLive?.delays().length > 60");
        return new LiveVisit(playwright, browser, page);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>How frames go between page and studio.</summary>
internal enum Coding
{
    /// <summary>As the page does by itself.</summary>
    Own,

    /// <summary>As JPEG.</summary>
    Jpeg,
}
