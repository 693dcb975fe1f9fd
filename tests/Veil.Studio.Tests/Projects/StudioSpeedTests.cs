using System.Diagnostics;
using System.Globalization;
using Veil.Studio.Projects;
using Xunit.Abstractions;

namespace Veil.Studio.Tests.Projects;

/// <summary>How long the studio takes beside <c>veil detect</c>; the figures go into docs/studio.md, no test depends on them.</summary>
public sealed class StudioSpeedTests(Workshop workshop, ITestOutputHelper output) : IClassFixture<Workshop>
{
    private const int Rounds = 2;

    // So many as the whole run of tests can spare; a measurement asks for more.
    private static readonly int Pictures = int.TryParse(Environment.GetEnvironmentVariable("VEIL_SPEED_PICTURES"), CultureInfo.InvariantCulture, out var asked) ? asked : 2;

    [DataFact("wider-dev")]
    public async Task A_folder_is_found_and_shown_beside_what_the_command_does_with_it()
    {
        foreach (var file in Directory.EnumerateFiles(SharedData.Path("wider-dev/images")).Order(StringComparer.Ordinal).Take(Pictures))
        {
            workshop.Folder.Write("speed/" + Path.GetFileName(file), await File.ReadAllBytesAsync(file));
        }

        // By turns, so that what else the machine does falls on all alike.
        var (command, finding, showing) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        for (var round = 0; round < Rounds; round++)
        {
            command += await TimeOfAsync(() => DetectAsync(workshop.Folder[$"regions-{round}.json"]));
            var project = (await workshop.Projects.CreateAsync("speed", [workshop.Folder["speed"]], default)).Id;
            finding += await TimeOfAsync(() => workshop.FindAsync(project));
            showing += await TimeOfAsync(async () =>
            {
                foreach (var item in workshop.Projects.Find(project)!.Items)
                {
                    Assert.Equal(ItemState.Ready, item.State);
                    await workshop.Views.ResultAsync(project, item.Id, 0, 480, null, default);
                }
            });
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Pictures} pictures, {Rounds} rounds: veil detect {command.TotalSeconds:0.0} s; the studio finds in {finding / command:0.00} of that, and shows every result in {showing / command:0.00} more"));
    }

    private static async Task<TimeSpan> TimeOfAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed;
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
