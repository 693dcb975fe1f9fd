using System.CommandLine;
using Veil.Cli.Datasets;
using Veil.Cli.Options;
using Veil.Cli.People;
using Veil.Cli.Runs;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Cli.Commands;

/// <summary><c>veil dataset anonymize</c>: a dataset in, the same dataset with everybody covered out, on any number of machines.</summary>
internal static class DatasetAnonymizeCommand
{
    public static Command Create()
    {
        var command = new Command("anonymize", "Cover people in a dataset's pictures. Layout, names and labels stay; a stopped run goes on where it was; shards share the work.");
        var (dataset, shard) = (new DatasetOptions(), ShardOption.Create());
        var (rendering, finding, people) = (new RenderingOptions(RunInputs.Dataset), new FindingOptions(), new PeopleOptions());
        dataset.AddTo(command);
        command.Add(shard);
        rendering.AddTo(command);
        finding.AddTo(command);
        people.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var chosen = rendering.Read(parsed) with { Durability = OutputDurability.Synced };
            RefuseOtherFormat(chosen);
            var settings = dataset.Read(parsed);
            using var annotations = new DatasetAnnotations(settings);
            var kinds = chosen.Methods.Kinds;
            var finder = settings.Regions switch
            {
                DatasetRegions.Detect => PeopleFinder.Read(parsed, finding, people, kinds, cancel),
                DatasetRegions.Annotations => PeopleFinder.Choosing(annotations.Finder(kinds), people.Read(parsed), LicenceOption.ReadStore(parsed), cancel),
                DatasetRegions.Matched => annotations.Matched(PeopleFinder.Read(parsed, finding, people, kinds, cancel), kinds),
                _ => throw new InvalidOperationException($"Expected a known source of regions, but received {settings.Regions}."),
            };
            finder = rendering.Complete(finder, chosen, parsed);
            var part = chosen.Settings.Work.Place == WorkPlace.Worker ? Pipeline.Sharding.Shard.Whole : ShardOption.Read(parsed, shard);
            return await new DatasetRun(settings, chosen, finder, part).ExecuteAsync(cancel).ConfigureAwait(false);
        });
        return command;
    }

    private static void RefuseOtherFormat(Rendering chosen)
    {
        if (chosen.Encoding.Format is not null)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, "--format would change the names of the pictures, and the labels refer to those.", "Leave it out; each picture keeps its own format.");
        }
    }
}
