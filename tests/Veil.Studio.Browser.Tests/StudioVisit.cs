using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Demo;
using Veil.Studio.Hosting;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests;

/// <summary>A window on a running studio.</summary>
public sealed class StudioVisit
{
    private readonly List<string> _wrong = [];
    private readonly List<string> _expected = [];

    internal StudioVisit(BrowserKind kind, StudioServer server, IPage page, TemporaryFolder folder)
    {
        (Kind, Server, Page, Folder) = (kind, server, page, folder);
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                Note("console: " + message.Text + " at " + message.Location);
            }
        };
        page.PageError += (_, error) =>
        {
            if (!kind.IsFarewell(error))
            {
                Note("script: " + error);
            }
        };
        page.RequestFailed += (_, request) =>
        {
            if (!kind.IsFarewell(request))
            {
                Note($"failed: {request.Url} {kind.FailureOf(request)}");
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                Note($"status {response.Status}: {response.Url}");
            }
        };
        page.Request += (_, request) => CheckPlace(request.Url);
        page.WebSocket += (_, socket) => CheckPlace(socket.Url);
    }

    /// <summary>The page, for Playwright's own calls.</summary>
    public IPage Page { get; }

    /// <summary>A folder for the test's files; the studio's data lies in it, too.</summary>
    public TemporaryFolder Folder { get; }

    /// <summary>The browser.</summary>
    internal BrowserKind Kind { get; }

    /// <summary>The studio itself.</summary>
    internal StudioServer Server { get; }

    /// <summary>Opens an address of the studio, with the token the first time, and waits until the page answers clicks.</summary>
    /// <param name="path">From the root, e.g. <c>/live</c>.</param>
    public async Task GoAsync(string path)
    {
        if (!Page.Url.StartsWith(Server.Address.ToString(), StringComparison.Ordinal))
        {
            await Page.GotoAsync(Server.EntryAddress.ToString());
            await Page.WaitForURLAsync(Server.Address.ToString());
            await ReadyAsync();
        }

        if (path != "/")
        {
            await Page.GotoAsync(new Uri(Server.Address, path).ToString());
            await ReadyAsync();
        }
    }

    /// <summary>Waits until the page is drawn by the studio: nothing is drawn before the connection stands.</summary>
    public Task ReadyAsync() => Page.Locator("main").WaitForAsync();

    /// <summary>Writes into a field as people do, key by key, and leaves it: what Playwright fills in at once Firefox does not report as a change.</summary>
    /// <param name="field">Where to write; what it held is replaced.</param>
    /// <param name="text">What to write.</param>
    public static async Task WriteAsync(ILocator field, string text)
    {
        await field.SelectTextAsync();
        await field.PressAsync("Delete");
        await field.PressSequentiallyAsync(text);
        await field.BlurAsync();
    }

    /// <summary>Fails when the page is wider than its window.</summary>
    public async Task FitsAsync() => Assert.Empty(await Settled.TooWideAsync(Page));

    /// <summary>Makes a project of people who do not exist; nothing was looked for in it yet.</summary>
    /// <param name="name">What it is called.</param>
    internal async Task<Project> DemoProjectAsync(string name)
    {
        var projects = Server.Services.GetRequiredService<IProjects>();
        var project = projects.CreateEmpty(name);
        foreach (var (file, content) in await DemoPictures.MakeAsync(null, CancellationToken.None))
        {
            using var stream = new MemoryStream(content);
            await projects.AddAsync(project.Id, file, stream, CancellationToken.None);
        }

        return project;
    }

    /// <summary>Stores a picture of the whole page as artifacts/screenshots/NAME.png, when VEIL_SCREENSHOTS=1.</summary>
    /// <param name="name">File name without ending; say page, state and window.</param>
    /// <param name="area">The whole page, or what the window shows of it: bars that stay in place look odd in the first.</param>
    public async Task ShotAsync(string name, ShotArea area = ShotArea.Page)
    {
        if (Environment.GetEnvironmentVariable("VEIL_SCREENSHOTS") == "1")
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(RepositoryRoot.Path, "artifacts", "screenshots", Kind.Shots, name + ".png"), FullPage = area == ShotArea.Page });
        }
    }

    /// <summary>Says that a wrong that contains this text is what the test brings about.</summary>
    public void Expecting(string text) => _expected.Add(text);

    /// <summary>Fails with everything that went wrong, except what was expected.</summary>
    internal void AssertNothingWentWrong()
    {
        lock (_wrong)
        {
            var unexpected = _wrong.Where(wrong => !_expected.Exists(text => wrong.Contains(text, StringComparison.Ordinal))).ToList();
            Assert.True(unexpected.Count == 0, string.Join('\n', unexpected));
        }
    }

    private void CheckPlace(string address)
    {
        var uri = new Uri(address);
        if (uri.Scheme is not ("blob" or "data" or "about") && uri.Authority != Server.Address.Authority)
        {
            Note("left this machine: " + address);
        }
    }

    private void Note(string what)
    {
        lock (_wrong)
        {
            _wrong.Add(what);
        }
    }
}
