using System.CommandLine;
using Veil.Cli.Options;
using Veil.Cli.People;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary><c>veil apply</c>: covers the regions of a file that <c>veil detect</c> wrote and a person may have edited.</summary>
internal static class ApplyCommand
{
    public static Command Create()
    {
        var regions = new Option<FileInfo>("--regions", "-r") { Description = "The regions file.", HelpName = "FILE", Required = true };
        var command = new Command("apply", "Cover the regions of a file that 'veil detect' wrote, edited or not, without detecting again.") { regions };
        var (rendering, people) = (new RenderingOptions(), new PeopleOptions());
        rendering.AddTo(command);
        people.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var file = RegionsFile.Read(parsed.GetValue(regions)!);
            var chosen = rendering.Read(parsed, file.Kinds);
            var finder = PeopleFinder.Choosing(Finder(file), people.Read(parsed), LicenceOption.ReadStore(parsed), cancel);
            return chosen.RunAsync("apply", rendering.Complete(finder, chosen, parsed), tracking: null, cancel);
        });
        return command;
    }

    private static RegionFinder Finder(RegionsFile file) => new(() => new StoredRegions(file.Document), new Dictionary<string, string> { ["regions-sha256"] = file.Sha256 }, [], [])
    {
        Detectors = [.. file.Regions.Where(region => region.Origin is { Source: RegionSource.Detector, Name.Length: > 0 }).Select(region => region.Origin.Name).Distinct()],
        Points = file.Regions.All(region => region.Kind != RegionKind.Face || region.Points is not null) ? FacePointState.AllKnown : FacePointState.Unknown,
    };
}
