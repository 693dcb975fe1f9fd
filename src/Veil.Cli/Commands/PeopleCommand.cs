using System.CommandLine;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Cli.People;
using Veil.Cli.Runs;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary><c>veil people</c>: groups the faces of pictures by person, so that a user can pick for --only and --except.</summary>
internal static class PeopleCommand
{
    // Faces are cut out where they were found, not where they would be covered.
    private static readonly RegionPolicy AsFound = new() { Growth = 0, SoftEdge = 0 };

    public static Command Create()
    {
        var fewest = new Option<int>("--min-faces") { Description = "Leave out people with fewer faces than this.", DefaultValueFactory = _ => 1 };
        var command = new Command("people", "Group the faces of pictures by person: a folder per person, to pick from for --only and --except. It writes clear faces.") { fewest };
        var (run, finding, limits) = (new RunOptions(), new FindingOptions(), new LimitOptions());
        run.AddTo(command);
        finding.AddTo(command);
        limits.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var kinds = FindOption.KindsAlone(parsed);
            if (kinds is not [RegionKind.Face])
            {
                throw new VeilException(VeilErrorCode.InvalidOption, "People are known by their faces; anything else is not looked for here.", "Leave out --find.");
            }

            var smallest = parsed.GetValue(fewest);
            return smallest < 1
                ? throw new VeilException(VeilErrorCode.InvalidOption, $"--min-faces expects 1 or more, but received {smallest}.")
                : RunAsync(run.Read(parsed), finding.Read(parsed, kinds), limits.Read(parsed), LicenceOption.ReadStore(parsed), smallest, cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(RunSettings settings, RegionFinder finder, PictureLimits limits, ModelStore store, int fewest, CancellationToken cancel)
    {
        if (settings.Work.Place != WorkPlace.ThisProcess)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "'veil people' works in one process: what it learns of faces stays in memory.", "Leave out --isolate.");
        }

        var plan = OutputPlan.Create(settings.Inputs, output: null);
        if (plan.Items.Any(item => item.Item.Path == MediaItem.StandardInput))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "'veil people' reads every picture twice, which standard input does not allow.", "Name files or folders.");
        }

        var folder = (settings.Mode, settings.Output) switch
        {
            (RunMode.DryRun, _) => null,
            (_, null or MediaItem.StandardInput) => throw new VeilException(VeilErrorCode.InvalidOption, "No output folder was named.", "Say where the groups go, e.g. -o people."),
            (_, { } output) => PeopleFolder.At(output, settings.Inputs, settings.Existing),
        };
        var (reader, model) = FaceNetwork.Load(store);
        var media = new PictureMedia(limits, EncodeOptions.Default, settings.Existing);
        var (faces, done) = (new List<FoundFace>(), new HashSet<string>(StringComparer.Ordinal));
        var request = new RunRequest(
            "people", settings, plan,
            beat => new MediaPipeline(media, finder.CreateProvider(), AsFound, anonymizer: null, new FaceCollector(reader, faces)))
        {
            Options = finder.Options,
            Models = [.. finder.Models, model],
            Hints = finder.Hints,
            Completed = result =>
            {
                if (result.Status == ItemStatus.Done)
                {
                    done.Add(result.Item.Name);
                }
            },
        };
        var code = await RunExecutor.ExecuteAsync(request, cancel).ConfigureAwait(false);
        var groups = PeopleGrouping.Group(faces.Where(face => done.Contains(face.Item.Name)), cancel);
        var kept = groups.Where(group => group.Name == ReferenceFolder.UndecidedGroup || group.Faces.Count >= fewest).ToList();
        folder?.Write(kept, media, cancel);
        await TellAsync(groups, kept, folder is null ? null : settings.Output).ConfigureAwait(false);
        return code;
    }

    private static async Task TellAsync(IReadOnlyList<PersonGroup> groups, List<PersonGroup> kept, string? output)
    {
        var people = kept.Where(group => group.Name != ReferenceFolder.UndecidedGroup).ToList();
        var undecided = groups.FirstOrDefault(group => group.Name == ReferenceFolder.UndecidedGroup)?.Faces.Count ?? 0;
        var lines = new List<string>
        {
            $"{Plural.Of(people.Sum(group => group.Faces.Count), "face")} in {Plural.Of(people.Count, "group")}, one for each person as far as can be told",
        };
        if (undecided > 0)
        {
            lines.Add($"{Plural.Of(undecided, "face")} too small, turned, cut off or blurred to say whose");
        }

        if (groups.Count > kept.Count)
        {
            lines.Add($"{Plural.Of(groups.Count - kept.Count, "group")} with fewer faces than --min-faces left out");
        }

        if (output is not null)
        {
            lines.Add($"'{output}' shows clear faces: look at each group, pick, and delete the folder when you are done");
        }

        foreach (var line in lines)
        {
            await Console.Error.WriteLineAsync("veil: " + line).ConfigureAwait(false);
        }
    }
}
