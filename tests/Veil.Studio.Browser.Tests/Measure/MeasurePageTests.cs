using Veil.Studio.Measuring;
using Veil.Studio.Tests.Measuring;

namespace Veil.Studio.Browser.Tests.Measure;

[Collection(StudioBrowser.Collection)]
public sealed class MeasurePageTests(StudioBrowser browser)
{
    // Beside the tests' own output: artifacts/bin/Veil.Cli/release.
    private static readonly string Program = Path.Combine(
        RepositoryRoot.Path, "artifacts", "bin", "Veil.Cli", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "veil.dll");

    [BrowserFact]
    public Task Mistakes_are_told_in_sentences() => browser.VisitAsync(async visit =>
    {
        await visit.GoAsync("/measure");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Measure" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Name the folder of people");
        await StudioVisit.WriteAsync(visit.Page.GetByLabel("Folder of people", new() { Exact = true }), visit.Folder["nowhere"]);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Measure" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no folder");
        await visit.ShotAsync("measure-mistake-wide-light");
    });

    [MeasuringFact]
    public Task A_privacy_report_is_measured_read_in_place_and_deleted() => browser.VisitAsync(
        async visit =>
        {
            var people = FewPeople(visit);
            await visit.GoAsync("/measure");
            await StudioVisit.WriteAsync(visit.Page.GetByLabel("Folder of people", new() { Exact = true }), people);
            await visit.Page.GetByLabel("Compare").SelectOptionAsync("one");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Measure" }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Read" }).ClickAsync();

            var report = visit.Page.FrameLocator("iframe");
            await Expect(report.Locator("h1")).ToBeVisibleAsync();
            Assert.Equal("null", await visit.Page.Frames[1].EvaluateAsync<string>("() => self.origin"));
            await visit.ShotAsync("measure-report-wide-light");

            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "All reports" }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete with all figures" }).ClickAsync();
            await Expect(visit.Page.GetByText("None yet.")).ToBeVisibleAsync();
            Assert.Empty(Directory.EnumerateDirectories(visit.Folder["data/measurements"]));
        },
        new VisitSettings { Studio = options => options with { Program = new ProgramStart("dotnet", [Program]) } });

    [MeasuringFact("classification-64")]
    public Task A_frontier_is_measured_and_read_in_place() => browser.VisitAsync(
        async visit =>
        {
            var (people, dataset) = (FewPeople(visit), FewClasses(visit));
            await visit.GoAsync("/measure");
            await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Privacy against use" }).CheckAsync();
            await StudioVisit.WriteAsync(visit.Page.GetByLabel("Folder of people", new() { Exact = true }), people);
            await StudioVisit.WriteAsync(visit.Page.GetByLabel("What the pictures are for", new() { Exact = true }), dataset);
            await visit.Page.GetByLabel("Compare").SelectOptionAsync("one");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Measure" }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Read" }).Or(visit.Page.GetByText("Failed"))).ToBeVisibleAsync();
            await ShotsAsync(visit, "measure-list");
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Read" }).ClickAsync();

            var report = visit.Page.FrameLocator("iframe");
            await Expect(report.Locator("h1")).ToContainTextAsync("utility", new() { IgnoreCase = true });
            await Expect(report.Locator("svg, canvas").First).ToBeVisibleAsync();
            Assert.Equal("null", await visit.Page.Frames[1].EvaluateAsync<string>("() => self.origin"));
            await ShotsAsync(visit, "measure-frontier");
        },
        new VisitSettings { Studio = options => options with { Program = new ProgramStart("dotnet", [Program]) } });

    [BrowserFact]
    public async Task A_folder_is_chosen_by_keyboard_and_a_file_by_its_name()
    {
        using var own = new TemporaryFolder();
        FakeProgram.People(own);
        own.Write("data/points.json", "{}"u8);
        await browser.VisitAsync(async visit =>
        {
            await visit.GoAsync("/measure");
            await StudioVisit.WriteAsync(visit.Page.GetByLabel("Folder of people", new() { Exact = true }), own.FullPath);
            await visit.Page.Keyboard.PressAsync("Tab");
            await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Choose: Folder of people" })).ToBeFocusedAsync();
            await visit.Page.Keyboard.PressAsync("Enter");
            var dialog = visit.Page.Locator("dialog[open]");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "people", Exact = true }).FocusAsync();
            await visit.Page.Keyboard.PressAsync("Enter");
            await Expect(dialog.Locator(".folder-facts")).ToContainTextAsync("2 folders");
            await Expect(dialog.Locator(".folders")).ToBeFocusedAsync();
            await ShotsAsync(visit, "measure-folders");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Use this folder" }).FocusAsync();
            await visit.Page.Keyboard.PressAsync("Enter");
            await Expect(visit.Page.GetByLabel("Folder of people", new() { Exact = true })).ToHaveValueAsync(own["people"]);
            await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Choose: Folder of people" })).ToBeFocusedAsync();

            await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Privacy against use" }).CheckAsync();
            var dataset = visit.Page.GetByLabel("What the pictures are for", new() { Exact = true });
            await StudioVisit.WriteAsync(dataset, own["data"]);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Choose: What the pictures are for" }).ClickAsync();
            await visit.Page.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "points.json" }).ClickAsync();
            await Expect(dataset).ToHaveValueAsync(own["data/points.json"]);
        });
    }

    [BrowserFact]
    public async Task A_measurement_is_stopped_and_goes_on()
    {
        using var own = new TemporaryFolder();
        var (people, program) = (FakeProgram.People(own), FakeProgram.Of(own, FakeProgram.Long));
        await browser.VisitAsync(
            async visit =>
            {
                await visit.GoAsync("/measure");
                await StudioVisit.WriteAsync(visit.Page.GetByLabel("Folder of people", new() { Exact = true }), people);
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Measure" }).ClickAsync();
                await Expect(visit.Page.GetByText("about an hour left")).ToBeVisibleAsync();
                await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Measure" })).ToBeDisabledAsync();
                await ShotsAsync(visit, "measure-running");

                // It holds from when its journal is there until it is stopped.
                await Eventually.TrueAsync(() => Directory.EnumerateFiles(visit.Folder["data/measurements"], "journal", SearchOption.AllDirectories).Any());
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
                await Expect(visit.Page.Locator(".measure-list .badge")).ToHaveTextAsync("Stopped");
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
                await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Read" }).ClickAsync();
                await Expect(visit.Page.Locator("iframe")).ToBeVisibleAsync();
            },
            new VisitSettings { Studio = options => options with { Program = program } });
    }

    [BrowserFact]
    public async Task Reports_and_what_was_under_way_are_there_after_a_restart()
    {
        using var own = new TemporaryFolder();
        var people = FakeProgram.People(own);
        await using (var before = new Measurements(own["kept/measurements"], FakeProgram.Of(own, FakeProgram.Works)))
        {
            var done = before.Start(new MeasurementRequest(MeasurementKind.Privacy, people, null, MeasurementSize.Quick, ["veil"]));
            await Eventually.TrueAsync(() => before.Find(done.Id)!.State == MeasurementState.Done);
        }

        var held = FakeProgram.Of(own, FakeProgram.Long);
        await using (var before = new Measurements(own["kept/measurements"], held))
        {
            before.Start(new MeasurementRequest(MeasurementKind.Privacy, people, null, MeasurementSize.Full, ["veil"]));
            await Eventually.TrueAsync(() => Directory.EnumerateFiles(own["kept/measurements"], "journal", SearchOption.AllDirectories).Any());
        }

        await browser.VisitAsync(
            async visit =>
            {
                await visit.GoAsync("/measure");
                await Expect(visit.Page.Locator(".measure-list .badge")).ToHaveTextAsync(["Stopped", "Done"]);
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
                await Expect(visit.Page.Locator(".measure-list .badge")).ToHaveTextAsync(["Done", "Done"]);
                await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Read" }).Last.ClickAsync();
                await Expect(visit.Page.Locator("iframe")).ToBeVisibleAsync();
            },
            new VisitSettings { Studio = options => options with { DataFolder = own["kept"], Program = held } });
    }

    private static string FewPeople(StudioVisit visit) =>
        Few(SharedData.Path("lfw-aligned"), visit.Folder["people"], folders: 3, files: 2);

    private static string FewClasses(StudioVisit visit)
    {
        foreach (var part in new[] { "train", "test" })
        {
            Few(Path.Combine(SharedData.Path("classification-64"), part), Path.Combine(visit.Folder["dataset"], part), folders: 2, files: 12);
        }

        return visit.Folder["dataset"];
    }

    private static string Few(string from, string to, int folders, int files)
    {
        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => Directory.GetFiles(folder).Length >= files).Order(StringComparer.Ordinal).Take(folders))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetFileName(folder)));
            foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal).Take(files))
            {
                File.Copy(file, Path.Combine(to, Path.GetFileName(folder), Path.GetFileName(file)));
            }
        }

        return to;
    }

    // Colours change a moment after the system's do.
    private const string TextHasTheColour = """
        () => {
          const probe = document.createElement('span');
          probe.style.color = 'var(--text)';
          document.body.append(probe);
          const same = getComputedStyle(probe).color === getComputedStyle(document.querySelector('h1')).color;
          probe.remove();
          return same;
        }
        """;

    // Wide and narrow, light and dark, and fitting each time.
    private static async Task ShotsAsync(StudioVisit visit, string name)
    {
        foreach (var (width, height, size) in new[] { (420, 900, "narrow"), (1280, 800, "wide") })
        {
            await visit.Page.SetViewportSizeAsync(width, height);
            Assert.Empty((await Settled.TooWideAsync(visit.Page)).Select(wrong => $"{name}, {size}: {wrong}"));
            foreach (var colours in new[] { ColorScheme.Dark, ColorScheme.Light })
            {
                await visit.Page.EmulateMediaAsync(new() { ColorScheme = colours });
                await visit.Page.WaitForFunctionAsync(TextHasTheColour);
                await visit.ShotAsync($"{name}-{size}-{(colours == ColorScheme.Dark ? "dark" : "light")}");
            }
        }
    }

    /// <summary>A test that measures for real; it skips, saying so, where that cannot be.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class MeasuringFactAttribute : FactAttribute
    {
        public MeasuringFactAttribute(string? more = null) => Skip = StudioBrowser.Missing
            ?? (new[] { "lfw-aligned", more }.OfType<string>().FirstOrDefault(name => !SharedData.Has(name)) is { } missing ? "needs ../shared/data/" + missing : null) ?? (File.Exists(Program) ? null : "needs the program itself: ./test builds it");
    }
}
