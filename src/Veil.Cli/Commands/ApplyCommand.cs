using System.CommandLine;
using Veil.Cli.Options;
using Veil.Cli.People;
using Veil.Cli.Runs;
using Veil.Errors;
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
            var (chosen, store) = (rendering.Read(parsed), LicenceOption.ReadStore(parsed));
            var finder = PeopleFinder.Choosing(Open(parsed.GetValue(regions)!), people.Read(parsed), store, cancel);
            return chosen.RunAsync("apply", rendering.Complete(finder, chosen, parsed, store), tracking: null, cancel);
        });
        return command;
    }

    private static RegionFinder Open(FileInfo file)
    {
        RegionsDocument document;
        string hash;
        try
        {
            using var stream = file.OpenRead();
            document = RegionsDocumentReader.Read(stream);
            stream.Position = 0;
            hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidRegions, $"The regions file '{file}' cannot be read: {error.Message}", "", error);
        }

        var faces = document.Timelines.SelectMany(timeline => timeline.Frames).SelectMany(frame => frame.Regions).Where(region => region.Kind == RegionKind.Face);
        return new RegionFinder(() => new StoredRegions(document), new Dictionary<string, string> { ["regions-sha256"] = hash }, [], [])
        {
            Points = faces.All(face => face.Points is not null) ? FacePointState.AllKnown : FacePointState.Unknown,
        };
    }
}
