namespace Veil.Studio.Browser.Tests.Accessibility;

/// <summary>
/// Looks at states of pages by the rules of WCAG 2.2 A and AA, as far as axe-core can decide them, wide and narrow, light and dark; and whether the page
/// fits its window, as narrow as 320 CSS pixels. Collects what it finds, so that one visit tells all of it.
/// </summary>
internal sealed class Axe(BrowserKind kind, IPage page)
{
    private static readonly string[] Everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    // Each look asks for what can differ from the look before.
    private static readonly (int Width, int Height, ColorScheme Colours, string[] Rules)[] Looks =
    [
        (1280, 800, ColorScheme.Light, Everything), (1280, 800, ColorScheme.Dark, ["color-contrast"]), (320, 640, ColorScheme.Dark, ["target-size", "scrollable-region-focusable"]),
    ];

    // Evaluated by the test, not added as an element: the page's policy lets its own scripts in alone.
    private static readonly Lazy<string> Script = new(() => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "node_modules", "axe-core", "axe.min.js")));

    private readonly List<string> _found = [];

    /// <summary>Looks at what the window shows now.</summary>
    /// <param name="state">Names it in what is found.</param>
    /// <param name="root">The element to look at; the whole page by default.</param>
    public async Task LookAsync(string state, string root = "html")
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Script.Value);
        }

        foreach (var (width, height, colours, rules) in Looks)
        {
            await page.SetViewportSizeAsync(width, height);
            await PreferAsync(colours);
            await Expect(page.Locator(colours == ColorScheme.Dark ? "html.wa-dark" : "html.wa-light")).ToBeAttachedAsync();
            var look = $"{state}, {width} pixels, {colours}";
            _found.AddRange([.. (await Settled.TooWideAsync(page)).Concat(await Settled.WrongsAsync(() => ViolationsAsync(root, rules))).Select(wrong => $"{look}: {wrong}")]);
        }

        await page.SetViewportSizeAsync(Looks[0].Width, Looks[0].Height);
        await PreferAsync(Looks[0].Colours);
    }

    /// <summary>Fails with all that was found.</summary>
    public void AssertNothingFound() => Assert.True(_found.Count == 0, string.Join('\n', _found));

    // Where the system's colours cannot be changed any more, it is as if the user had chosen them on the page.
    private Task PreferAsync(ColorScheme colours) => kind.ChangesColours
        ? page.EmulateMediaAsync(new() { ColorScheme = colours })
        : page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; }", colours == ColorScheme.Dark ? "dark" : "light");

    // Styles are read where they are: reading them from the server again asks for files that are not there.
    private Task<string[]> ViolationsAsync(string root, string[] rules) => page.EvaluateAsync<string[]>(
        """
        async ([root, rules]) => {
          const { violations } = await axe.run(root, { runOnly: rules, resultTypes: ['violations'], preload: false });
          return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => `${id} at ${target.join(' ')}: ${[...any, ...all, ...none].map(check => check.message).join('; ')}`));
        }
        """,
        new object[] { root, rules });
}
