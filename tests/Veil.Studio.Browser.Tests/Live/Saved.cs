namespace Veil.Studio.Browser.Tests.Live;

/// <summary>What a page hands over as a download: made by itself, or lying at an address of the studio.</summary>
internal static class Saved
{
    // Firefox tells its driver nothing of such downloads: there the page says what it gave the browser.
    private const string Keep = """
        window.saved = [];
        const blobs = new Map();
        const [address, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
        URL.createObjectURL = blob => {
          const made = address.call(URL, blob);
          blobs.set(made, blob);
          return made;
        };
        HTMLAnchorElement.prototype.click = function () {
          window.saved.push({ name: this.download, address: this.href, blob: blobs.get(this.href) });
          click.call(this);
        };
        """;

    private const string Take = """
        async () => {
          const one = window.saved.shift();
          if (!one) {
            return null;
          }
          const blob = one.blob ?? await (await fetch(one.address)).blob();
          const reader = new FileReader();
          const read = new Promise(resolve => { reader.onload = resolve; });
          reader.readAsDataURL(blob);
          await read;
          return [one.name, reader.result.slice(reader.result.indexOf(',') + 1)];
        }
        """;

    /// <summary>Prepares a page that was not opened yet.</summary>
    public static Task WatchAsync(StudioVisit visit) => visit.Kind == BrowserKind.Firefox ? visit.Page.AddInitScriptAsync(Keep) : Task.CompletedTask;

    /// <summary>Does something that ends in a download.</summary>
    /// <returns>The file, in the visit's folder and with the name it was given.</returns>
    public static async Task<string> AfterAsync(StudioVisit visit, Func<Task> act)
    {
        if (visit.Kind != BrowserKind.Firefox)
        {
            var download = await visit.Page.RunAndWaitForDownloadAsync(act);
            await download.SaveAsAsync(visit.Folder[download.SuggestedFilename]);
            return visit.Folder[download.SuggestedFilename];
        }

        await act();
        string[]? taken;
        for (var until = Environment.TickCount64 + (long)Eventually.Patience.TotalMilliseconds; (taken = await visit.Page.EvaluateAsync<string[]?>(Take)) is null; await Task.Delay(50))
        {
            Assert.True(Environment.TickCount64 < until, "Nothing was handed over.");
        }

        await File.WriteAllBytesAsync(visit.Folder[taken[0]], Convert.FromBase64String(taken[1]));
        return visit.Folder[taken[0]];
    }
}
