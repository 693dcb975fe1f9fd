using System.Globalization;
using Veil.Anonymization;
using Veil.Cli.Options;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;
using Veil.Video.Files;

namespace Veil.Cli.Runs;

/// <summary>What <c>anonymize</c>, <c>apply</c> and <c>dataset anonymize</c> share: covering regions and writing the results. Without video options, pictures only.</summary>
internal sealed record Rendering(
    RunSettings Settings, ChosenMethod Chosen, RegionPolicy Policy, EncodeOptions Encoding, VideoOptions? Video, NamingSettings Names, PictureLimits Limits, ExplainSettings? Explain)
{
    /// <summary>Whether the shape or the method asks for dense points of faces.</summary>
    public bool NeedsFacePoints => Policy.Shape == RegionShape.Face || Chosen.Method.Needs.HasFlag(MethodNeeds.FacePoints);

    /// <summary>What the appearance of an output says about power loss.</summary>
    public OutputDurability Durability { get; init; }

    /// <summary>The models that the method runs.</summary>
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
        var weak = Chosen.Method.Assess(Chosen.Options);

        // Made before any file is touched, so that a method that cannot work (no emoji, no picture) stops the run at once.
        var anonymizer = Settings.Mode == RunMode.Write ? Chosen.Create() : null;
        var pictures = new PictureMedia(Limits, Encoding, Settings.Existing, Names.Times) { Durability = Durability };
        IMediaFormat media = Video is null ? pictures
            : new CombinedMedia([pictures, new VideoMedia(Video, Settings.Existing, path => PictureMedia.ModifiedTime(path, Names.Times))]);
        return new RunRequest(
            command, Settings, plan,
            beat => new MediaPipeline(media, finder.CreateProvider(), Policy, anonymizer, Explain?.CreateObserver(), finder.People, tracking) { FrameDone = beat })
        {
            Options = Describe(finder, tracking),
            Fingerprint = finder.Fingerprint,
            Models = [.. finder.Models, .. Models],
            Hints = finder.Hints,
            Warnings = [.. weak is null ? [] : new[] { $"{weak.Message} {weak.Hint}" }, .. anonymizer?.Remarks ?? [], .. finder.Warnings],
        };
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
        var options = new Dictionary<string, string>(finder.Options.Concat(films))
        {
            ["method"] = Chosen.Method.Id,
            ["guarantee"] = RegionJson.NameOf(Chosen.Method.Guarantee),
            ["growth"] = Policy.Growth.ToString(CultureInfo.InvariantCulture),
            ["shape"] = RegionJson.NameOf(Policy.Shape),
            ["encode"] = RegionJson.NameOf(Encoding.Mode),
            ["format"] = Encoding.Format?.Name() ?? "as the input",
            ["quality"] = Encoding.Quality?.ToString(CultureInfo.InvariantCulture) ?? "as the input",
            ["metadata"] = RegionJson.NameOf(Encoding.Metadata.Level),
            ["metadata-date"] = RegionJson.NameOf(Encoding.Metadata.Date),
            ["names"] = RegionJson.NameOf(Names.Naming.Names),
            ["times"] = RegionJson.NameOf(Names.Times),
            ["soft-edge"] = Policy.SoftEdge.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in MethodOptionsBinder.Write(Chosen.Options))
        {
            options["method." + name] = value;
        }

        return options;
    }
}
