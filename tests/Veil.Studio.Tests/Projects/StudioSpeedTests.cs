using System.Diagnostics;
using System.Globalization;
using Veil.Studio.Projects;
using Veil.Studio.Projects.People;
using Xunit.Abstractions;

namespace Veil.Studio.Tests.Projects;

/// <summary>How long the studio takes beside <c>veil detect</c> and beside its own parts; the figures go into docs/studio.md, no test depends on them.</summary>
public sealed class StudioSpeedTests(Workshop workshop, ITestOutputHelper output) : IClassFixture<Workshop>
{
    // So many as the whole run of tests can spare; a measurement asks for more.
    private static readonly int Pictures = Asked("VEIL_SPEED_PICTURES", 2);
    private static readonly int Rounds = Asked("VEIL_SPEED_ROUNDS", 1);

    private readonly Dictionary<string, List<double>> _seconds = [];

    [DataFact("wider-dev")]
    public async Task A_folder_is_found_and_shown_beside_what_the_command_does_with_it()
    {
        foreach (var file in Directory.EnumerateFiles(SharedData.Path("wider-dev/images")).Order(StringComparer.Ordinal).Take(Pictures))
        {
            workshop.Folder.Write("speed/" + Path.GetFileName(file), await File.ReadAllBytesAsync(file));
        }

        // By turns, so that what else the machine does falls on all alike.
        for (var round = 0; round < Rounds; round++)
        {
            await TimeAsync("veil detect", () => DetectAsync(workshop.Folder[$"regions-{round}.json"]));
            var project = (await workshop.Projects.CreateAsync("speed", [workshop.Folder["speed"]], default)).Id;
            await TimeAsync("found in the studio", () => workshop.FindAsync(project));
            await TimeAsync("the same without reading faces", () => FindWithoutReadingAsync(workshop.Projects.Find(project)!));
            await TimeAsync("all results shown", async () =>
            {
                foreach (var item in workshop.Projects.Find(project)!.Items)
                {
                    Assert.Equal(ItemState.Ready, item.State);
                    await workshop.Views.ResultAsync(project, item.Id, 0, 480, null, default);
                }
            });
            await KeepSomebodyAsync(project);
            await TimeAsync("chosen who stays clear", () => workshop.FindAsync(project));
        }

        Report($"{Pictures} pictures", "veil detect");
    }

    [DataFact("video")]
    public async Task A_film_in_which_somebody_stays_clear_is_gone_through_once()
    {
        workshop.Folder.Write("film/film.mp4", await File.ReadAllBytesAsync(SharedData.Path("video/faces-1080p.mp4")));
        for (var round = 0; round < Rounds; round++)
        {
            var project = (await workshop.Projects.CreateAsync("film", [workshop.Folder["film"]], default)).Id;
            await TimeAsync("found", () => workshop.FindAsync(project));
            await KeepSomebodyAsync(project);
            await TimeAsync("chosen who stays clear", () => workshop.FindAsync(project));
            var kept = await KeptPeople.ReadAsync(workshop.Projects.Find(project)!, workshop.Of<FaceMemory>(), default);
            using (var choosing = Anonymizer.Create(new AnonymizerSettings { People = kept!.Selection }))
            {
                await TimeAsync("chosen by finding again", () => Task.Run(() => choosing.Find(workshop.Folder["film/film.mp4"]).EnsureDone()));
            }

            workshop.Projects.ChangeItem(project, "000001", item => item with { FoundBy = "other settings" });
            await TimeAsync("found and chosen", () => workshop.FindAsync(project));
        }

        Report("one film", "found");
    }

    private static int Asked(string variable, int usual) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var asked) ? asked : usual;

    private async Task TimeAsync(string what, Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        if (!_seconds.TryGetValue(what, out var known))
        {
            _seconds[what] = known = [];
        }

        known.Add(clock.Elapsed.TotalSeconds);
    }

    private void Report(string what, string measure)
    {
        foreach (var (step, seconds) in _seconds)
        {
            var shares = seconds.Zip(_seconds[measure], (one, other) => one / other).Order().ToList();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}, {Rounds} rounds: {step}: {seconds.Min():0.0} s at best; of '{measure}' at least {shares[0]:0.00}, median {shares[shares.Count / 2]:0.00}"));
        }
    }

    private async Task KeepSomebodyAsync(string project)
    {
        var people = await workshop.Of<PeopleGroups>().GroupsAsync(project, default);
        Assert.NotEmpty(people.People);
        workshop.Projects.Change(project, one => one with { Kept = [people.People[0].Person] });
    }

    /// <summary>As many pictures at a time as a run has, by the same engine, without its journal, its files and its faces.</summary>
    private async Task FindWithoutReadingAsync(Project project)
    {
        using var lease = workshop.Of<Anonymizers>().Lend(project.Settings);
        var items = new System.Collections.Concurrent.ConcurrentQueue<ProjectItem>(project.Items);
        await Task.WhenAll(Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, 4)).Select(_ => Task.Factory.StartNew(
            () =>
            {
                while (items.TryDequeue(out var item))
                {
                    lease.Anonymizer.Find(item.Path).EnsureDone();
                }
            },
            default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    private async Task DetectAsync(string regions)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "veil.dll"), "detect", workshop.Folder["speed"], "-o", regions]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await said.Item1 + await said.Item2);
    }
}
