namespace Veil.Studio.Browser.Tests;

/// <summary>A browser that tests drive: where it is, how it is started, and how it says things.</summary>
internal abstract class BrowserKind
{
    /// <summary>Debian's Chromium.</summary>
    public static BrowserKind Chromium { get; } = new ChromiumKind();

    /// <summary>Debian's Firefox, by WebDriver BiDi.</summary>
    public static BrowserKind Firefox { get; } = new FirefoxKind();

    /// <summary>The one that all tests run in, unless they say otherwise: <c>VEIL_BROWSER=firefox ./test Veil.Studio.Browser</c>, Chromium by default.</summary>
    public static BrowserKind Asked { get; } = Environment.GetEnvironmentVariable("VEIL_BROWSER") switch
    {
        null or "" or "chromium" => Chromium,
        "firefox" => Firefox,
        var other => throw new InvalidOperationException($"Expected chromium or firefox in VEIL_BROWSER, but it is '{other}'."),
    };

    /// <summary>Why there are no tests in it, or null.</summary>
    public abstract string? Missing { get; }

    /// <summary>Where pictures of its windows go, below artifacts/screenshots.</summary>
    public abstract string Shots { get; }

    /// <summary>Starts it without a window.</summary>
    /// <param name="playwright">The driver.</param>
    /// <param name="colours">What the system is said to prefer, where it can only be said at the start.</param>
    /// <param name="more">What a camera's tests add to the usual.</param>
    public abstract Task<IBrowser> LaunchAsync(IPlaywright playwright, ColorScheme colours, IReadOnlyList<string> more);

    /// <summary>Whether one that runs can be told what colours the system prefers.</summary>
    public abstract bool ChangesColours { get; }

    /// <summary>What happened to a request that failed, in Chromium's words.</summary>
    public abstract string FailureOf(IRequest request);

    /// <summary>Whether a script's error says no more than that the page's connection to the studio went with the page.</summary>
    public virtual bool IsFarewell(string error) => false;

    /// <summary>Whether a request failed only because the page that had begun to load its scripts was left.</summary>
    public virtual bool IsFarewell(IRequest request) => false;

    private sealed class ChromiumKind : BrowserKind
    {
        private const string Program = "/usr/bin/chromium";

        public override string? Missing { get; } = File.Exists(Program) ? null : "needs chromium, which is not installed";

        public override string Shots => "";

        public override bool ChangesColours => true;

        public override Task<IBrowser> LaunchAsync(IPlaywright playwright, ColorScheme colours, IReadOnlyList<string> more) => playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--font-render-hinting=none",
                .. more,
            ],
        });

        public override string FailureOf(IRequest request) => request.Failure ?? "";
    }

    private sealed class FirefoxKind : BrowserKind
    {
        private const string Program = "/usr/bin/firefox-esr";

        // A socket that is closed before it was open is one that could not be opened, too.
        private static readonly string[] Farewells = ["WebSocket is not in the OPEN state", "was interrupted while the page was loading", "can’t establish a connection to the server at ws:"];

        public override string? Missing { get; } = File.Exists(Program) ? null : "needs firefox-esr, which is not installed";

        public override string Shots => "firefox";

        public override bool ChangesColours => false;

        // The channel is what makes Playwright speak BiDi to a Firefox that it did not patch.
        public override Task<IBrowser> LaunchAsync(IPlaywright playwright, ColorScheme colours, IReadOnlyList<string> more) => playwright.Firefox.LaunchAsync(new()
        {
            Channel = "moz-firefox",
            ExecutablePath = Program,
            FirefoxUserPrefs = new Dictionary<string, object>
            {
                ["layout.css.prefers-color-scheme.content-override"] = colours == ColorScheme.Dark ? 0 : 1,
                ["ui.prefersReducedMotion"] = 1,
                ["media.navigator.streams.fake"] = true,
                ["media.navigator.permission.disabled"] = true,
            },
        });

        public override string FailureOf(IRequest request) => request.Failure switch
        {
            "NS_BINDING_ABORTED" => "net::ERR_ABORTED",
            "NS_ERROR_CONNECTION_REFUSED" => "net::ERR_CONNECTION_REFUSED",
            var other => other ?? "",
        };

        public override bool IsFarewell(IRequest request) => request.Failure == "NS_BINDING_ABORTED" && request.Url.EndsWith(".js", StringComparison.Ordinal);

        public override bool IsFarewell(string error) => Array.Exists(Farewells, words => error.Contains(words, StringComparison.Ordinal));
    }
}
