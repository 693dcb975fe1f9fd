using Microsoft.Extensions.DependencyInjection;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Browser.Tests.Films;
using Veil.Studio.Browser.Tests.Review;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Languages;

/// <summary>German pages say nothing in English but what is marked as such, and cut no word off.</summary>
[Collection(StudioBrowser.Collection)]
public sealed class GermanPagesTests(StudioBrowser browser)
{
    private static readonly VisitSettings German = new() { Locale = "de-DE" };

    private readonly List<string> _wrong = [];

    [BrowserFact]
    public Task Start_measure_live_queue_and_what_is_not_there() => browser.VisitAsync(
        async visit =>
        {
            visit.Expecting("404");
            visit.Server.Services.GetRequiredService<IProjects>().CreateEmpty("Sommer am See");
            foreach (var (path, name) in new[] { ("/", "start"), ("/measure", "measure"), ("/live", "live"), ("/queue", "queue"), ("/nowhere", "nowhere"), ("/projects/none/choose", "gone"), ("/measure/none", "no-report") })
            {
                await visit.GoAsync(path);
                await Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
                await LookAsync(visit, name);
            }

            await visit.GoAsync("/measure");
            await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Schutz gegen Nutzen" }).CheckAsync();
            foreach (var (faces, said) in new[] { ("", "Nennen Sie den Ordner mit Menschen."), ("here", "Gebraucht wird der ganze Pfad"), ("/nowhere/at-all", "Es gibt keinen Ordner"), (visit.Folder.FullPath, "Gebraucht wird je Mensch ein Ordner") })
            {
                await StudioVisit.WriteAsync(visit.Page.GetByLabel("Ordner mit Menschen", new() { Exact = true }), faces);
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Messen" }).ClickAsync();
                await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(said);
                await LookAsync(visit, "measure-mistake");
            }

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Auswählen: Ordner mit Menschen" }).ClickAsync();
            await Expect(visit.Page.Locator("dialog[open]")).ToBeVisibleAsync();
            await LookAsync(visit, "measure-folders");
            AssertNothingIsWrong();
        },
        German);

    [BrowserFact]
    public Task Choose_with_every_method_and_its_options() => browser.VisitAsync(
        async visit =>
        {
            // Pictures of methods that nobody waits for any more.
            visit.Expecting("ERR_ABORTED");
            var project = await visit.DemoProjectAsync("Menschen, die es nicht gibt");

            await visit.GoAsync($"/projects/{project.Id}/choose");
            await Expect(visit.Page.Locator(".before-after .after")).ToBeVisibleAsync();
            await visit.Page.Locator(".more > summary").ClickAsync();
            await LookAsync(visit, "choose");
            await visit.Page.Locator("button[aria-expanded]").Filter(new() { HasText = "Methoden" }).ClickAsync();
            foreach (var method in EnglishSentences.Methods.All)
            {
                await visit.Page.Locator($".method:has(.method-name)").Filter(new() { Has = visit.Page.GetByText(TextOf(method.Id + ".Name"), new() { Exact = true }) }).First.ClickAsync();
                await Expect(visit.Page.Locator(".method-words")).ToHaveTextAsync(TextOf(method.Id + ".Words"));
                await Expect(visit.Page.Locator(".more .option-name").Last).ToHaveTextAsync("Startwert für Zufälliges");
                await LookAsync(visit, "choose-" + method.Id);
            }
            AssertNothingIsWrong();
        },
        German);

    [BrowserFact]
    public Task Review_and_run_with_failures_and_findings() => browser.VisitAsync(
        async visit =>
        {
            var project = ReviewedProject.Create(visit);
            var face = ReviewedProject.Face(1, Box.FromSize(300, 200, 120, 150), .5f);
            var seen = await project.AddAsync("strand.png", face);
            var failed = await project.AddAsync("kaputt.png");
            project.Change(seen, item => item with
            {
                Doubts = [.. Enum.GetValues<DoubtReason>().Select(reason => new Doubt(reason, 0))],
                Doubtfulness = 1,
                Findings = ["a face of 40 pixels is as it was (score 0.91)", "sface takes what is shown for the person of the original (similarity 0.512)"],
            });
            project.Change(failed, item => item with
            {
                State = ItemState.Failed,
                Error = new ItemError(nameof(VeilErrorCode.CorruptInput), "decode", "Expected a complete jpeg picture, but it cannot be decoded: premature end", "open and save it with the program that made it, or fetch it again"),
            });
            await visit.GoAsync(project.ReviewAddress());
            await Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
            await LookAsync(visit, "review");
            await visit.GoAsync(project.ReviewAddress(failed));
            await Expect(visit.Page.Locator("main .notice.bad")).ToBeVisibleAsync();
            await LookAsync(visit, "review-failed");
            await visit.GoAsync(project.ReviewAddress(seen));
            await Expect(visit.Page.Locator(".review-body")).ToBeVisibleAsync();
            await LookAsync(visit, "review-picture");
            foreach (var stage in new[] { ProjectStage.Reviewing, ProjectStage.Exported })
            {
                project.Projects.Change(project.Id, one => one with { Stage = stage });
                await visit.GoAsync($"/projects/{project.Id}/run");
                await Expect(visit.Page.Locator("#failed-title")).ToBeVisibleAsync();
                await LookAsync(visit, "run-" + stage);
            }

            await Expect(visit.Page.GetByText("ein Gesicht von 40 Pixeln ist, wie es war (Sicherheit 0,91)")).ToBeVisibleAsync();
            await Expect(visit.Page.GetByText("Dieses Bild (jpeg) ist beschädigt oder unvollständig: premature end")).ToBeVisibleAsync();
            AssertNothingIsWrong();
        },
        German);

    [BrowserFact]
    public Task Film_review() => browser.VisitAsync(
        async visit =>
        {
            var film = await ReviewedFilm.CreateAsync(visit);
            await visit.GoAsync(film.Address);
            await Expect(visit.Page.Locator("main")).ToContainTextAsync("Spuren:");
            await LookAsync(visit, "film");
            AssertNothingIsWrong();
        },
        German);

    private void AssertNothingIsWrong() => Assert.True(_wrong.Count == 0, string.Join('\n', _wrong.Distinct(StringComparer.Ordinal)));

    private static string TextOf(string key) => new Studio.Languages.TextTable("Methods", Studio.Languages.StudioLanguage.German)[key];

    private async Task LookAsync(StudioVisit visit, string name)
    {
        foreach (var (width, height, size) in new[] { (420, 900, "narrow"), (1280, 800, "wide") })
        {
            await visit.Page.SetViewportSizeAsync(width, height);
            _wrong.AddRange((await Settled.WrongsAsync(() => visit.Page.EvaluateAsync<string[]>(CutOff))).Select(words => $"{name}, {size}, cuts off: {words}"));
            await visit.ShotAsync($"german-{name}-{size}");
        }

        _wrong.AddRange(await Settled.WrongsAsync(async () =>
        {
            var shown = await visit.Page.EvaluateAsync<string>(Shown);
            return [.. EnglishSentences.All.Where(sentence => shown.Contains(sentence, StringComparison.Ordinal)).Select(sentence => $"{name} says in English: {sentence}")];
        }));
    }

    // All that can be read or heard, but for what is marked as English.
    private const string Shown = """
        () => {
          const said = [document.title];
          const read = element => {
            if (element.lang === 'en' || element.matches('script, style, [hidden]') || (element.checkVisibility && !element.checkVisibility())) {
              return;
            }
            for (const name of ['title', 'aria-label', 'aria-valuetext', 'placeholder', 'alt', 'label']) {
              if (element.hasAttribute(name)) {
                said.push(element.getAttribute(name));
              }
            }
            for (const node of element.childNodes) {
              if (node.nodeType === Node.TEXT_NODE) {
                said.push(node.data.trim());
              } else if (node.nodeType === Node.ELEMENT_NODE) {
                read(node);
              }
            }
          };
          read(document.body);
          return said.filter(text => text).join('\n');
        }
        """;

    // The page is no wider than its window, and no words reach out of the box that holds them, where the user could not scroll to them.
    private const string CutOff = """
        () => {
          const cut = document.documentElement.scrollWidth > innerWidth ? ['the page is wider than its window'] : [];
          for (const element of document.querySelectorAll('main *, header *, dialog[open] *')) {
            const words = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
            const box = element.getBoundingClientRect();
            if (!words || element.closest('.visually-hidden, [hidden], iframe, option') || !element.checkVisibility() || box.width <= 2) {
              continue;
            }
            const style = getComputedStyle(element);
            const clips = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
            if (style.display !== 'inline' && clips && element.scrollWidth > element.clientWidth + 1 && !element.title && !element.closest('[title]')) {
              cut.push(element.textContent.trim().slice(0, 60));
            }
            if (element.closest('button, .button, .badge') && !element.title && element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline') {
              cut.push('button: ' + element.textContent.trim().slice(0, 60));
            }
            if (box.width > 0 && box.right > innerWidth + 1 && !scrolls(element)) {
              cut.push('beyond the window: ' + element.textContent.trim().slice(0, 60));
            }
          }
          for (const element of document.querySelectorAll('main *, header *, dialog[open] *')) {
            if (element.closest('[lang=en], code, pre, .path, .visually-hidden, option') || !element.checkVisibility() || element.getBoundingClientRect().width <= 2) {
              continue;
            }
            for (const node of element.childNodes) {
              for (const word of node.nodeType === Node.TEXT_NODE ? node.data.matchAll(/\p{L}{4,30}/gu) : []) {
                const range = document.createRange();
                range.setStart(node, word.index);
                range.setEnd(node, word.index + word[0].length);
                if (new Set([...range.getClientRects()].map(line => Math.round(line.top / 4))).size > 1) {
                  cut.push('in the middle of ' + word[0]);
                }
              }
            }
          }
          return cut;

          function scrolls(element) {
            for (let holder = element.parentElement; holder; holder = holder.parentElement) {
              if (['auto', 'scroll'].includes(getComputedStyle(holder).overflowX)) {
                return true;
              }
            }
            return false;
          }
        }
        """;
}
