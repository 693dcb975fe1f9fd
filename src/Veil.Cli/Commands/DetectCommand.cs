using System.CommandLine;
using Veil.Cli.Options;
using Veil.Cli.People;
using Veil.Cli.Runs;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;
using Veil.Video.Files;

namespace Veil.Cli.Commands;

/// <summary><c>veil detect</c>: finds regions and writes them as JSON, for <c>veil apply</c>.</summary>
internal static class DetectCommand
{
    public static Command Create()
    {
        var command = new Command("detect", "Find regions and write them as JSON, to be looked at, edited, and given to 'veil apply'.");
        var (run, finding, people, tracking, limits) = (new RunOptions(), new FindingOptions(), new PeopleOptions(), new TrackingOptions(), new LimitOptions());
        var landmarks = new LandmarkOptions("Points are found and stored when it is given, so that 'veil apply' need not find them.");
        run.AddTo(command);
        finding.AddTo(command);
        people.AddTo(command);
        tracking.AddTo(command);
        limits.AddTo(command);
        landmarks.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var (finder, store) = (PeopleFinder.Read(parsed, finding, people, FindOption.KindsAlone(parsed), cancel), LicenceOption.ReadStore(parsed));
            finder = landmarks.ReadNamed(parsed, store) is { } named ? finder.WithFacePoints(named, store) : finder;
            return RunAsync(run.Read(parsed), finder, tracking.Read(parsed), limits.Read(parsed), cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(RunSettings settings, RegionFinder finder, TrackingPolicy? tracking, PictureLimits limits, CancellationToken cancel)
    {
        var media = new CombinedMedia([new PictureMedia(limits, EncodeOptions.Default, settings.Existing), new VideoMedia(new VideoOptions(), settings.Existing, _ => null)]);
        var found = new SortedDictionary<string, RegionTimeline>(StringComparer.Ordinal);
        var plan = settings.Work.Place == WorkPlace.Worker ? OutputPlan.Nothing : OutputPlan.Create(settings.Inputs, output: null);
        var request = new RunRequest(
            "detect", settings, plan,
            beat => new MediaPipeline(media, finder.CreateProvider(), RegionPolicies.Default, anonymizer: null, people: finder.People, tracking: tracking)
            {
                FrameDone = beat, Further = settings.FurtherSearchers(plan, finder),
            })
        {
            Options = new Dictionary<string, string>(finder.Options.Concat(TrackingOptions.Describe(tracking))),
            Fingerprint = finder.Fingerprint,
            Warnings = finder.Warnings,
            Models = finder.Models,
            Hints = finder.Hints,
            Completed = result =>
            {
                if (result is { Status: ItemStatus.Done, Info: { } info })
                {
                    found[result.Item.Name] = new RegionTimeline(result.Item.Name, info.Width, info.Height, result.Frames);
                }
            },
        };
        var code = await RunExecutor.ExecuteAsync(request, cancel).ConfigureAwait(false);
        if (settings is { Mode: RunMode.Write, Work.Place: not WorkPlace.Worker })
        {
            TextOutput.Write(settings.Output ?? MediaItem.StandardInput, settings.Existing, stream =>
            {
                using var writer = new RegionsDocumentWriter(stream);
                foreach (var timeline in found.Values)
                {
                    writer.Write(timeline);
                }
            });
        }

        return code;
    }
}
