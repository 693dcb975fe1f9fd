using System.Globalization;
using Veil.Cli.Options;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;
using Veil.Video.Files;

namespace Veil.Cli.Runs;

/// <summary>What <c>anonymize</c>, <c>apply</c> and <c>dataset anonymize</c> share: covering regions and writing the results. Without video options, pictures only.</summary>
internal sealed record Rendering(
    RunSettings Settings, ChosenMethods Methods, RegionPolicies Policies, EncodeOptions Encoding, VideoOptions? Video, NamingSettings Names, PictureLimits Limits, ExplainSettings? Explain)
{
    /// <summary>What the appearance of an output says about power loss.</summary>
    public OutputDurability Durability { get; init; }

    /// <summary>Whether outputs are checked before they are put in their places.</summary>
    public VerifyOutput Verify { get; init; }

    /// <summary>Models of what checks them.</summary>
    public ModelStore Store { get; init; } = ModelStore.Default();

    /// <summary>The models that the methods run.</summary>
    public IReadOnlyList<ReportedModel> Models { get; init; } = [];

    /// <summary>The output, which these commands cannot do without, except when nothing is written.</summary>
    private string? Output() => (Settings.Output, Settings.Mode) switch
    {
        ({ } output, _) => output,
        (null, RunMode.DryRun) => null,
        _ => throw new VeilException(VeilErrorCode.InvalidOption, "No output was named.", "Say where the results go, e.g. -o anonymized; the originals stay as they are."),
    };

    public Task<int> RunAsync(string command, RegionFinder finder, TrackingPolicy? tracking, CancellationToken cancel)
    {
        var plan = Settings.Work.Place == WorkPlace.Worker ? OutputPlan.Nothing : OutputPlan.Create(Settings.Inputs, Output(), Encoding.Format?.Extension(), Names.Naming);
        RefuseAmongResults(plan, Explain?.Folder, "Step sheets show the originals", "--explain");
        RefuseAmongResults(plan, Names.Map, "The map of names undoes hiding them", "--name-map");
        var request = Request(command, plan, finder, tracking);
        if (Names.Map is { } map && Settings.Mode == RunMode.Write)
        {
            // Before the first result, so that an interrupted run has its map, too.
            NameMap.Write(map, plan, Settings.Existing);
        }

        return RunExecutor.ExecuteAsync(request, cancel);
    }

    /// <summary>The run, ready to start.</summary>
    public RunRequest Request(string command, OutputPlan plan, RegionFinder finder, TrackingPolicy? tracking)
    {
        // Made before any file is touched, so that a method that cannot work (no emoji, no picture) stops the run at once.
        var anonymizer = Settings.Mode == RunMode.Write ? Methods.Create() : null;
        var recipe = new ItemRecipe(Methods, Policies, Encoding, Video, Limits)
        {
            Existing = Settings.Existing, Times = Names.Times, Durability = Durability, Verify = Verify, Store = Store, Tracking = tracking,
            CreateObserver = () => Explain?.CreateObserver(),
        };
        var media = recipe.CreateMedia();
        var checking = Verify == VerifyOutput.Off ? null : Checking(recipe, plan, finder);
        return new RunRequest(
            command, Settings, plan,
            beat => recipe.CreateProcessor(media, finder, anonymizer, checking, beat, Video is null ? null : Settings.FurtherSearchers(plan, finder)))
        {
            Options = new Dictionary<string, string>(Describe(finder, tracking).Concat(checking?.Describe() ?? [])),
            Fingerprint = finder.Fingerprint,
            Models = [.. finder.Models.Concat(Models).Concat(checking?.Models ?? []).Distinct()],
            Hints = finder.Hints,
            Reads = Names.Naming.Names == OutputNames.Keep ? [] : [NameKey.PathOfUser],
            Writes = Explain is null ? [] : [Explain.Folder],
            Warnings = [.. Methods.Warnings, .. anonymizer?.Remarks ?? [], .. finder.Warnings],
        };
    }

    /// <summary>What checks outputs. Fails here, before any picture is touched, when it cannot.</summary>
    private OutputChecking Checking(ItemRecipe recipe, OutputPlan plan, RegionFinder finder)
    {
        var streams = plan.Items.Any(item => item.Item.Path == MediaItem.StandardInput || item.Target == MediaItem.StandardInput);
        var refused = Settings.Mode == RunMode.DryRun ? ("--dry-run writes nothing that --verify could check", "Leave one of the two out.")
            : finder.People is not null ? ("--verify takes faces that --only or --except leave clear for faces left visible", "Check the results with 'veil verify', and look at what it finds.")
            : streams ? ("--verify compares files: standard input and output are gone when they were read and written", "Name files.")
            : ((string Message, string Hint)?)null;
        return refused is var (message, hint)
            ? throw new VeilException(VeilErrorCode.InvalidOption, message + ".", hint)
            : OutputChecking.Create(recipe, finder);
    }

    private static void RefuseAmongResults(OutputPlan plan, string? path, string reason, string option)
    {
        if (path is not null && plan.Folder is { } folder
            && (Path.GetFullPath(path) + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"{reason} and may not lie among the results.", $"Choose a place for {option} outside the output folder.");
        }
    }

    private Dictionary<string, string> Describe(RegionFinder finder, TrackingPolicy? tracking)
    {
        var films = Video is null ? [] : TrackingOptions.Describe(tracking).Concat(VideoEncodingOptions.Describe(Video));
        return new(finder.Options.Concat(films).Concat(Methods.Describe(Policies)))
        {
            ["encode"] = RegionJson.NameOf(Encoding.Mode),
            ["format"] = Encoding.Format?.Name() ?? "as the input",
            ["quality"] = Encoding.Quality?.ToString(CultureInfo.InvariantCulture) ?? "as the input",
            ["metadata"] = RegionJson.NameOf(Encoding.Metadata.Level),
            ["metadata-date"] = RegionJson.NameOf(Encoding.Metadata.Date),
            ["names"] = RegionJson.NameOf(Names.Naming.Names),
            ["times"] = RegionJson.NameOf(Names.Times),
        };
    }
}
