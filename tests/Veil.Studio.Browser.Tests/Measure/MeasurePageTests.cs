using Veil.Studio.Measuring;

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
        await visit.Page.GetByLabel("Folder of people").FillAsync(visit.Folder["nowhere"]);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Measure" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no folder");
        await visit.ShotAsync("measure-mistake-wide-light");
    });

    [MeasuringFact]
    public Task A_privacy_report_is_measured_read_in_place_and_deleted() => browser.VisitAsync(
        async visit =>
        {
            var people = visit.Folder["people"];
            foreach (var person in Directory.EnumerateDirectories(SharedData.Path("lfw-aligned")).Where(folder => Directory.GetFiles(folder).Length >= 2).Order().Take(3))
            {
                Directory.CreateDirectory(Path.Combine(people, Path.GetFileName(person)));
                foreach (var file in Directory.GetFiles(person).Order().Take(2))
                {
                    File.Copy(file, Path.Combine(people, Path.GetFileName(person), Path.GetFileName(file)));
                }
            }

            await visit.GoAsync("/measure");
            await visit.Page.GetByLabel("Folder of people").FillAsync(people);
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

    /// <summary>A test that measures for real; it skips, saying so, where that cannot be.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class MeasuringFactAttribute : FactAttribute
    {
        public MeasuringFactAttribute() => Skip = StudioBrowser.Missing
            ?? (SharedData.Has("lfw-aligned") ? null : "needs ../shared/data/lfw-aligned") ?? (File.Exists(Program) ? null : "needs the program itself: ./test builds it");
    }
}
