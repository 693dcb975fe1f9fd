using System.CommandLine;
using Veil.Cli.Options;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary><c>veil detect</c>: finds regions and writes them as JSON, for <c>veil apply</c>.</summary>
internal static class DetectCommand
{
    public static Command Create()
    {
        var command = new Command("detect", "Find regions and write them as JSON, to be looked at, edited, and given to 'veil apply'.");
        var (run, finding, limits) = (new RunOptions(), new FindingOptions(), new LimitOptions());
        run.AddTo(command);
        finding.AddTo(command);
        limits.AddTo(command);
        command.SetAction((parsed, cancel) => RunAsync(run.Read(parsed), finding.Read(parsed), limits.Read(parsed), cancel));
        return command;
    }

    private static async Task<int> RunAsync(RunSettings settings, FindingSettings finding, Imaging.PictureLimits limits, CancellationToken cancel)
    {
        var plan = OutputPlan.Create(settings.Inputs, output: null);
        var format = new PictureMedia(limits, settings.Existing);
        var found = new SortedDictionary<string, RegionTimeline>(StringComparer.Ordinal);
        var session = new RunSession("detect", settings, plan) { Finding = finding };
        var code = await session.ExecuteAsync(
            providers => new MediaPipeline(format, providers(), new RegionPolicy(), anonymizer: null),
            result =>
            {
                if (result is { Status: ItemStatus.Done, Info: { } info })
                {
                    found[result.Item.Name] = new RegionTimeline(result.Item.Name, info.Width, info.Height, result.Frames);
                }
            },
            cancel).ConfigureAwait(false);
        if (settings.Mode == RunMode.Write)
        {
            Write(settings, found.Values);
        }

        return code;
    }

    private static void Write(RunSettings settings, IEnumerable<RegionTimeline> timelines) =>
        TextOutput.Write(settings.Output ?? MediaItem.StandardInput, settings.Existing, stream =>
        {
            using var writer = new RegionsDocumentWriter(stream);
            foreach (var timeline in timelines)
            {
                writer.Write(timeline);
            }
        });
}
